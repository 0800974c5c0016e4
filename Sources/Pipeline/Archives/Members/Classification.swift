import StreetCore

/// What becomes of members: which are pictures that are read on, which are rejected and which are ignored.
///
/// The first bytes decide; a name decides only where they say nothing. What may be a photograph is never ignored. What a container
/// can't give, and what a decoder refuses, is said there.
enum Classification {
  /// What becomes of a member before its bytes are looked at; nil where these decide.
  static func verdict(name: String, isFile: Bool) -> Member.Content? {
    guard isFile else {
      return .ignored(Reason(id: "member.not_a_file", message: "A folder, a link or a device"))
    }
    return MemberName.isSystemFile(name) ? .ignored(.systemFile) : nil
  }

  /// Whether a member's first bytes, four or more where it has as many, are those of a picture that is decoded.
  static func isPicture(_ first: some Collection<UInt8>) -> Bool { ImageFormat(signature: first) != nil }

  /// What becomes of a member whose first bytes, `FileKind.byteCount` or more where it has as many, are no picture's that is
  /// decoded. One that has no name is never ignored for its name.
  static func verdict(name: String, isNamed: Bool = true, first: some Collection<UInt8>) -> Member.Content {
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
    default: return verdict(name: name, isNamed: isNamed, isEmpty: first.isEmpty)
    }
  }

  /// The same for a member whose bytes say nothing.
  private static func verdict(name: String, isNamed: Bool, isEmpty: Bool) -> Member.Content {
    if MemberName.promisesPicture(name) {
      return .rejected(
        Reason(
          id: ImageError.Code.notAnImage.rawValue,
          message: isEmpty
            ? "The file is empty; take it out, or put the photograph back"
            : "The file is named like a picture, but is none that can be read; get it from its origin again, or rename it"
        ))
    }
    if MemberName.promisesArchive(name) {
      return .rejected(
        Reason(
          id: "archive.nested",
          message: isEmpty
            ? "It is named like an archive, but is empty; take it out, or put the archive back"
            : "It is named like an archive, but is none; check what it is, or rename it"))
    }
    guard isNamed else {
      return .rejected(
        Reason(
          id: "archive.member_unnamed",
          message: "It is not a picture, and has no name that would tell what it should be"))
    }
    return .ignored(Reason(id: "member.not_a_picture", message: "Not a picture, and not named like one"))
  }

  /// What becomes of a hard link to a name that no member before it has.
  static func linkToNothing(name: String, target: String) -> Member.Content {
    let reason = Reason(
      id: "member.link_to_nothing",
      message: "A hard link to \"\(target)\", which doesn't come before it; pack it together with what it names")
    return MemberName.promisesPicture(name) || MemberName.promisesPicture(target) ? .rejected(reason) : .ignored(reason)
  }
}
