package import StreetCore

/// Reads a source's members in order, one at a time.
///
/// Use a reader on one thread only, which may block.
package protocol SourceReader {
  /// The next member; nil after the last. A member that an earlier run has `stored`, with that number of bytes, is
  /// skipped: its content is empty.
  ///
  /// Throws if the source can't be read further; members returned earlier stay valid.
  mutating func next(stored: Int?) throws(SourceError) -> Member?

  /// The share of the source that has been read, 0...1; nil if it is unknown.
  var progress: Double? { get }

  /// The hash and size of a stream; nil for other sources. Reads the bytes that follow the last member.
  func content() throws(SourceError) -> SourceContent?
}

extension SourceReader {
  func content() throws(SourceError) -> SourceContent? { nil }
}
