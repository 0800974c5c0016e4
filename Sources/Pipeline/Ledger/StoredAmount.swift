/// The amount stored of a source, or in result sets.
package struct StoredAmount: Sendable, Equatable {
  /// The number of result sets.
  package var sets = 0
  /// The number of their members in each state.
  package var members = MemberCounts()
  /// The number of members in progress.
  package var pending = 0
  /// The number of numbers of any confidence.
  package var numbers = 0
  /// The number of decisions on pictures that are nowhere else in the database.
  package var decisions = 0

  /// An empty amount.
  package init() {}

  /// Adds another amount.
  package static func += (sum: inout StoredAmount, more: StoredAmount) {
    sum.sets += more.sets
    sum.members += more.members
    sum.pending += more.pending
    sum.numbers += more.numbers
    sum.decisions += more.decisions
  }
}
