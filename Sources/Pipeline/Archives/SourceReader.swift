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

  /// Looks at a member's first bytes: is it worth reading on?
  static func isPicture(_ first: some Collection<UInt8>) -> Bool { ImageFormat(signature: first) != nil }

  /// What becomes of a member whose first bytes, `FileKind.byteCount` or more where it has as many, are no picture's that is
  /// decoded. What may be a photograph is never ignored.
  static func verdict(name: String, first: some Collection<UInt8>) -> Member.Content {
    switch FileKind(first) {
    case .undecoded(let format): return .rejected(format.refined(byName: name).reason)
    case .archive(let format) where !MemberName.promisesDocument(name) && !ZipContent.isDocument(first):
      return .rejected(
        Reason(
          id: "archive.nested",
          message: "It is an archive or a compressed file (\(format)) inside another source, which is not opened; "
            + "unpack it, or give it to streetnum by itself"))
    case .recording where !MemberName.promisesPicture(name):
      return .ignored(Reason(id: "member.not_a_photograph", message: "Video or sound"))
    default: return verdict(name: name, isEmpty: first.isEmpty)
    }
  }

  /// The same for a member whose bytes say nothing.
  private static func verdict(name: String, isEmpty: Bool) -> Member.Content {
    if MemberName.promisesPicture(name) {
      return .rejected(
        Reason(
          id: ImageError.Code.notAnImage.rawValue,
          message: isEmpty
            ? "The file is empty; take it out, or put the photograph back"
            : "The file is named like a picture, but its bytes are those of none; fetch it from its origin, or rename it"
        ))
    }
    if MemberName.promisesArchive(name) {
      return .rejected(
        Reason(
          id: "archive.nested",
          message: isEmpty
            ? "It is named like an archive, but is empty; take it out, or put the archive back"
            : "It is named like an archive, but its bytes are those of none; look what it is, or rename it"))
    }
    return .ignored(Reason(id: "member.not_a_picture", message: "No picture, and not named like one"))
  }
}
