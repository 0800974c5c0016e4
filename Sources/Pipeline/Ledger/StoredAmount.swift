/// How much is stored of one source, or in some result sets.
package struct StoredAmount: Sendable, Equatable {
  /// Result sets.
  package var sets = 0
  /// Members in these, by state.
  package var members = MemberCounts()
  /// Members that were begun and have not ended.
  package var pending = 0
  /// Numbers, of any confidence.
  package var numbers = 0
  /// Decisions of reviewers on pictures that nothing else in the database has.
  package var decisions = 0

  /// Nothing.
  package init() {}

  /// Adds what is stored elsewhere.
  package static func += (sum: inout StoredAmount, more: StoredAmount) {
    sum.sets += more.sets
    sum.members += more.members
    sum.pending += more.pending
    sum.numbers += more.numbers
    sum.decisions += more.decisions
  }
}
