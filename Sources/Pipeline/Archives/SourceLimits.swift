import StreetCore

/// How much a source may ask for before it is taken for an attack or a mistake.
public struct SourceLimits: Sendable, Hashable {
  /// Most bytes of one member, as produced.
  public var memberBytes = 256 << 20
  /// Most bytes produced for each byte of the archive, counted past the first 64 MiB.
  public var ratio = 200
  /// Most members.
  public var members = 1_000_000

  /// Bytes that may be produced whatever the ratio.
  package static let ratioFloor = 64 << 20

  /// The defaults.
  public init() {}

  /// Whether more came out of an archive than its bytes may give.
  func isRatioExceeded(produced: Int, consumed: Int) -> Bool {
    produced > SourceLimits.ratioFloor && produced / ratio > consumed
  }

  /// Why a member of more than ``memberBytes`` is not read.
  var tooLarge: Reason {
    Reason(
      id: "member.too_large", message: "It has more than \(memberBytes >> 20) MiB; to read it, raise the limit")
  }
}
