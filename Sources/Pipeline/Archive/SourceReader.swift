/// Hands out a source's members, one after the other, in their order.
///
/// A reader belongs to one thread; it is the only one that may wait.
protocol SourceReader {
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

  /// What becomes of a member whose first bytes are no picture's.
  static func verdict(name: String, isEmpty: Bool) -> Member.Content {
    if MemberName.promisesPicture(name) {
      return .rejected(
        Reason(
          id: ImageError.Code.notAnImage.rawValue,
          message: isEmpty
            ? "The file is empty; take it out, or put the photograph back"
            : "The file is named like a picture but is neither PNG nor JPEG; convert or rename it"))
    }
    return .ignored(Reason(id: "member.not_a_picture", message: "Neither PNG nor JPEG, and not named like one"))
  }
}
