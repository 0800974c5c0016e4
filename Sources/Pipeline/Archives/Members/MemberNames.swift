import Crypto
import StreetCore

/// The ordinals of a tar's members by normalised name, for hard links that follow.
struct MemberNames {
  /// Keys are the first half of the name's SHA-256, to bound memory: names may be long, and there may be a million of
  /// them.
  private var ordinals: [SIMD16<UInt8>: Int32] = [:]

  /// Adds a member's name; of several members with one name, hard links refer to the last.
  package mutating func add(_ name: [UInt8], _ ordinal: Int) {
    if !name.isEmpty { ordinals[Self.key(name)] = Int32(clamping: ordinal) }
  }

  /// The content of a hard link to `target`: an alias of an earlier member, or a rejection if there is none.
  func content(of target: [UInt8], in member: Member) -> Member.Content {
    if !target.isEmpty, let ordinal = ordinals[Self.key(target)] { return .alias(of: Int(ordinal)) }
    return Classification.linkToNothing(name: member.name, target: MemberName.text(target))
  }

  private static func key(_ name: [UInt8]) -> SIMD16<UInt8> {
    SIMD16(SHA256.hash(data: MemberName.place(name)).prefix(16))
  }
}
