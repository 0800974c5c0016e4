import GRDB
import StreetCore

/// The size of a database, and the success of its nightly runs.
public struct LedgerSummary: Sendable, Equatable {
  /// The number of sources whose newest set is complete.
  public var completeSources = 0
  /// The number of sources without a complete set.
  public var unfinishedSources = 0
  /// The number of members of the sources' newest sets in each state.
  public var members = MemberCounts()
  /// The number of numbers in these sets with at least the default confidence.
  public var numbers = 0
  /// When a nightly run last ended with exit code 0, in seconds since 1970; nil if none has.
  public var lastSuccess: Double?
}

extension Store {
  /// Counts what is stored; costs reading all of it.
  public func summary() throws(StoreError) -> LedgerSummary {
    try read { db in
      var summary = LedgerSummary()
      let sets = try Row.fetchCursor(
        db,
        sql:
          "\(try Self.newestSets(db)) SELECT newest.id, state FROM newest JOIN result_sets USING (id) WHERE place = 1")
      while let row = try sets.next() {
        let set = Int64(try row.integer(0, in: 0...Int.max))
        let isComplete = try row.text(1) == "complete"
        summary.completeSources += isComplete ? 1 : 0
        summary.unfinishedSources += isComplete ? 0 : 1
        summary.members += try Self.memberCounts(set, db)
        summary.numbers +=
          try Int.fetchOne(
            db.cachedStatement(sql: "SELECT count(*) FROM numbers WHERE result_set_id = ? AND confidence >= ?"),
            arguments: [set, Confidence.usual]) ?? 0
      }
      summary.lastSuccess = try Double.fetchOne(
        db,
        sql: """
          SELECT min(unixepoch(ended_at), unixepoch()) FROM runs WHERE command = 'nightly' AND exit_code = 0
          ORDER BY id DESC LIMIT 1
          """)
      return summary
    }
  }
}
