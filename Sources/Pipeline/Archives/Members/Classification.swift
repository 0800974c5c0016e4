package import StreetCore

/// Classifies members: which are read as pictures, which are rejected, and which are ignored.
///
/// Names of files of an operating system or a program come first: these are ignored, pictures too. For others, the first
/// bytes decide; the name decides only if the bytes match no known format. Of these, one that may be a photograph is
/// never ignored. Errors of containers and decoders are reported elsewhere.
package enum Classification {
  /// The classification of a member before its bytes are examined; nil if they decide.
  static func verdict(name: String, isFile: Bool) -> Member.Content? {
    guard isFile else {
      return .ignored(Reason(id: "member.not_a_file", message: "A folder, a link or a device"))
    }
    return MemberName.isSystemFile(name) ? .ignored(.systemFile) : nil
  }

  /// Whether a member's first bytes, of which four suffice, are those of a picture that can be decoded.
  static func isPicture(_ first: some Collection<UInt8>) -> Bool { ImageFormat(signature: first) != nil }

  /// The classification of a member whose first bytes (at least `FileKind.byteCount`, or all) are not those of a
  /// picture that can be decoded. A member without a name is never ignored on account of its name.
  static func verdict(name: String, isNamed: Bool = true, first: some Collection<UInt8>) -> Member.Content {
    switch FileKind(first) {
    case .undecoded(let format): return .rejected(format.refined(byName: name).reason)
    case .archive(let format) where !MemberName.promisesDocument(name) && !ZipContent.isDocument(first):
      return .rejected(
        Reason(
          id: "archive.nested",
          message: "It is an archive or a compressed file (\(format)) inside another source, and is not opened; "
            + "unpack it, or give it to streetnum by itself"))
    case .recording where !MemberName.promisesPicture(name):
      return .ignored(Reason(id: "member.not_a_photograph", message: "Video or sound"))
    default: return verdict(name: name, isNamed: isNamed, isEmpty: first.isEmpty)
    }
  }

  /// The classification of a member whose bytes match no known format.
  private static func verdict(name: String, isNamed: Bool, isEmpty: Bool) -> Member.Content {
    if MemberName.promisesPicture(name) {
      return .rejected(
        Reason(
          id: ImageError.Code.notAnImage.rawValue,
          message: isEmpty
            ? "The file is empty; remove it, or restore the photograph"
            : "The file is named like a picture, but is not one; fetch it again from its origin, or rename it"
        ))
    }
    if MemberName.promisesArchive(name) {
      return .rejected(
        Reason(
          id: "archive.nested",
          message: isEmpty
            ? "It is named like an archive, but is empty; remove it, or restore the archive"
            : "It is named like an archive, but is not one; check what it is, or rename it"))
    }
    guard isNamed else {
      return .rejected(
        Reason(
          id: "archive.member_unnamed",
          message: "It is not a picture, and has no name that would say what it is"))
    }
    return .ignored(Reason(id: "member.not_a_picture", message: "Not a picture, and not named like one"))
  }

  /// The classification of a hard link to a name that no earlier member has.
  static func linkToNothing(name: String, target: String) -> Member.Content {
    let reason = Reason(
      id: "member.link_to_nothing",
      message: "A hard link to \"\(target)\", which does not precede it; pack it together with its target")
    return MemberName.promisesPicture(name) || MemberName.promisesPicture(target) ? .rejected(reason) : .ignored(reason)
  }

  /// Why a hard link is rejected although its target was ignored: a name decided that, and the link's own name or its
  /// target's is that of a picture. Nil if the link is ignored too.
  package static func linkToIgnored(name: String, target: String, _ reason: Reason) -> Reason? {
    guard reason.id == Reason.systemFile.id, !MemberName.isSystemFile(name),
      MemberName.promisesPicture(name) || MemberName.promisesPicture(target)
    else { return nil }
    return Reason(
      id: "member.link_to_ignored",
      message: "A hard link to \"\(target)\", which is ignored because of its name, so its bytes were not read; "
        + "pack it without that file, or unpack the archive and give this file")
  }
}
