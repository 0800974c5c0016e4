import Crypto
import StreetCore

/// The members of a tar by the places that their names lead to, for the hard links that come later.
struct MemberNames {
  /// By the first half of a SHA-256: names may be as long as they like, and there may be a million of them.
  private var ordinals: [SIMD16<UInt8>: Int32] = [:]

  /// Takes the name of a member; of several of one name the last counts.
  package mutating func add(_ name: [UInt8], _ ordinal: Int) {
    if !name.isEmpty { ordinals[Self.key(name)] = Int32(clamping: ordinal) }
  }

  /// What becomes of a member that is a hard link to `target`: another name of what came before, or of nothing.
  func content(of target: [UInt8], in member: Member) -> Member.Content {
    if !target.isEmpty, let ordinal = ordinals[Self.key(target)] { return .alias(of: Int(ordinal)) }
    return Classification.linkToNothing(name: member.name, target: MemberName.text(target))
  }

  private static func key(_ name: [UInt8]) -> SIMD16<UInt8> {
    SIMD16(SHA256.hash(data: MemberName.place(name)).prefix(16))
  }
}
