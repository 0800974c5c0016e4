import GRDB
import StreetCore

/// How much a database holds, and how its nightly runs go.
public struct LedgerSummary: Sendable, Equatable {
  /// Sources whose newest set is complete.
  public var completeSources = 0
  /// Sources that no set of is complete.
  public var unfinishedSources = 0
  /// Members of each source's newest set, by state.
  public var members = MemberCounts()
  /// Numbers of these of the usual confidence.
  public var numbers = 0
  /// When the last nightly run that ended with 0 did, in seconds since 1970; nil where none has.
  public var lastSuccess: Double?
}

extension Store {
  /// Counts what is stored; costs a walk over it.
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
