package import StreetCore

/// The number of members in each state.
public struct MemberCounts: Sendable, Equatable {
  /// Members that were decoded and read.
  public var done = 0
  /// Members that could not be read.
  public var rejected = 0
  /// Members that are not pictures.
  public var ignored = 0

  /// All members.
  public var total: Int { done + rejected + ignored }

  /// No members.
  public init() {}

  static func += (sum: inout MemberCounts, more: MemberCounts) {
    sum.done += more.done
    sum.rejected += more.rejected
    sum.ignored += more.ignored
  }

  package mutating func add(_ state: MemberOutcome.State) {
    switch state {
    case .done: done += 1
    case .rejected: rejected += 1
    case .ignored: ignored += 1
    }
  }
}
