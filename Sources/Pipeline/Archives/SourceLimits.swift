import StreetCore

/// Limits on the resources that a source may use, against attacks and mistakes.
public struct SourceLimits: Sendable, Hashable {
  /// The maximum size of one member in bytes, after decompression.
  public var memberBytes = 256 << 20
  /// The maximum decompression ratio, checked after the first 64 MiB.
  public var ratio = 200
  /// The maximum number of members.
  public var members = 1_000_000

  /// The number of decompressed bytes up to which the ratio is not checked.
  package static let ratioFloor = 64 << 20

  /// The defaults.
  public init() {}

  /// Whether the decompression ratio exceeds the limit.
  func isRatioExceeded(produced: Int, consumed: Int) -> Bool {
    produced > SourceLimits.ratioFloor && produced / ratio > consumed
  }

  /// The reason for rejecting a member of more than ``memberBytes``.
  var tooLarge: Reason {
    Reason(
      id: "member.too_large", message: "It has more than \(memberBytes >> 20) MiB; to read it, raise the limit")
  }
}
