/// The final state of one member of a source: exactly one state, with the numbers if it was read.
public struct MemberOutcome: Sendable, Equatable {
  /// The final state of a member.
  public enum State: Sendable, Equatable {
    /// The member was decoded and read; it may contain no numbers.
    case done(width: Int, height: Int, numbers: [HouseNumber])
    /// The member can't be read, which the exit code reports.
    case rejected(Reason)
    /// The member is not a picture and is not named like one.
    case ignored(Reason)
  }

  /// The ordinal in the source, from 0.
  package var ordinal: Int
  /// The member name, with bytes that are not UTF-8 percent-escaped.
  package var name: String
  /// The number of bytes that the archive produced.
  package var byteCount: Int
  /// The SHA-256 of the bytes, in lower-case hexadecimal; nil if they were not read to the end.
  package var sha256: String?
  /// The offset of the member's header in the (decompressed) archive; nil if it has none.
  package var offset: Int?
  /// The ordinal of the member that a hard link refers to, whose state applies to this member too; nil for other
  /// members.
  package var aliasOf: Int?
  /// The final state.
  package var state: State
  /// The crops of its numbers that were made during reading; they are not part of the state.
  package var crops: [NumberCrop]
  /// The geotag statements in the member's own bytes, which are not part of the state either; nil if the bytes were not
  /// examined for them.
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
  /// The outcome of a member.
  package init(
    _ member: Member, sha256: String? = nil, state: State, crops: [NumberCrop] = [],
    statements: [GeotagStatement]? = nil
  ) {
    self.init(
      ordinal: member.ordinal, name: member.name, byteCount: member.byteCount, sha256: sha256,
      offset: member.offset, state: state, crops: crops, statements: statements)
  }
}
