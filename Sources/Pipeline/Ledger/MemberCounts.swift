package import StreetCore

/// How many members ended in each state.
public struct MemberCounts: Sendable, Equatable {
  /// Decoded and read.
  public var done = 0
  /// Could not be read.
  public var rejected = 0
  /// Not pictures.
  public var ignored = 0

  /// Members in any state.
  public var total: Int { done + rejected + ignored }

  /// None.
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
