/// How one member of a source ended: exactly one state, and what was read where it is done.
public struct MemberOutcome: Sendable, Equatable {
  /// The one end state of a member.
  public enum State: Sendable, Equatable {
    /// Decoded and read; a picture without numbers is done too.
    case done(width: Int, height: Int, numbers: [HouseNumber])
    /// Can't be read; the exit code says so.
    case rejected(Reason)
    /// Not a picture, and not named like one.
    case ignored(Reason)
  }

  /// Place in the source, from 0.
  package var ordinal: Int
  /// Name in the source, percent-escaped where its bytes are not UTF-8.
  package var name: String
  /// Bytes as produced by the archive.
  package var byteCount: Int
  /// SHA-256 of the bytes, lower-case hexadecimal; nil where they were not read to the end.
  package var sha256: String?
  /// Offset of the member's header in the (decompressed) archive; nil where it has none.
  package var offset: Int?
  /// The member that a hard link names, whose end is this one's too; nil for all else.
  package var aliasOf: Int?
  /// How it ended.
  package var state: State
  /// Crops of its numbers that were made when it was read; they are no part of how it ended.
  package var crops: [NumberCrop]
  /// What its own bytes state of where and when it was taken, which is no part of how it ended either; nil where they were not
  /// looked at for it.
  package var statements: [GeotagStatement]?

  /// An outcome from its parts.
  package init(
    ordinal: Int, name: String, byteCount: Int, sha256: String?, offset: Int?, aliasOf: Int? = nil, state: State,
    crops: [NumberCrop] = [], statements: [GeotagStatement]? = nil
  ) {
    self.ordinal = ordinal
    self.name = name
    self.byteCount = byteCount
    self.sha256 = sha256
    self.offset = offset
    self.aliasOf = aliasOf
    self.state = state
    self.crops = crops
    self.statements = statements
  }
}

extension MemberOutcome.State: Codable {}

extension MemberOutcome {
  /// How a member ended.
  package init(
    _ member: Member, sha256: String? = nil, state: State, crops: [NumberCrop] = [],
    statements: [GeotagStatement]? = nil
  ) {
    self.init(
      ordinal: member.ordinal, name: member.name, byteCount: member.byteCount, sha256: sha256,
      offset: member.offset, state: state, crops: crops, statements: statements)
  }
}
