/// How much is stored of one source, or in some result sets.
public struct StoredAmount: Sendable, Equatable {
  /// Result sets.
  public var sets = 0
  /// Members in these, by state.
  public var members = MemberCounts()
  /// Members that were begun and have not ended.
  public var pending = 0
  /// Numbers, of any confidence.
  public var numbers = 0

  /// Nothing.
  public init() {}

  static func += (sum: inout StoredAmount, more: StoredAmount) {
    sum.sets += more.sets
    sum.members += more.members
    sum.pending += more.pending
    sum.numbers += more.numbers
  }
}
