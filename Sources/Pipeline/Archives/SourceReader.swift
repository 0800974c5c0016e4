package import StreetCore

/// Hands out a source's members, one after the other, in their order.
///
/// A reader belongs to one thread; it is the only one that may wait.
package protocol SourceReader {
  /// The next member, or nil after the last. One that an earlier run has `stored`, with so many bytes, is passed over: its
  /// content is empty.
  ///
  /// Throws where nothing more can be read; what was handed out before stays good.
  mutating func next(stored: Int?) throws(SourceError) -> Member?

  /// How far it has come, 0...1, where that can be told.
  var progress: Double? { get }

  /// What a stream's bytes were; nil for what is known by other means. Reads what is left behind the last member.
  func content() throws(SourceError) -> SourceContent?
}

extension SourceReader {
  func content() throws(SourceError) -> SourceContent? { nil }
}
