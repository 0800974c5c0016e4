import GRDB
import StreetCore

extension Store {
  /// What dropping superseded result sets came to.
  package struct Pruning: Sendable, Equatable {
    /// What was dropped.
    package var dropped = StoredAmount()
    /// Sources of which something was dropped.
    package var sources = 0
    /// Bytes by which the file became smaller.
    package var bytes = 0

    /// Nothing.
    package init() {}
  }

  /// What dropping superseded result sets would come to, but for the bytes; see `prune`.
  package func superseded() throws(StoreError) -> Pruning {
    try read { db in
      var (found, sources) = (Pruning(), Set<Int>())
      for set in try Self.supersededSets(db) {
        found.dropped += try Self.amount(ofSet: set.id, db)
        sources.insert(set.source)
      }
      found.sources = sources.count
      return found
    }
  }

  /// Drops the result sets that a newer complete one of the same source replaces, whatever their model and parameters; the
  /// source's newest complete set stays, and so does one that a run is reading or that is newer and not complete.
  ///
  /// Each set goes in a transaction of its own; then the database is rewritten, which costs writing it once and takes room for
  /// two copies. A process that is killed in between has dropped some sets whole, and the same call again completes it.
  package func prune() throws(StoreError) -> Pruning {
    try deleteSecurely()
    let before = try byteCount()
    var (done, sources) = (Pruning(), Set<Int>())
    for set in try read({ db in try Self.supersededSets(db) }) {
      // What a power cut brings back is superseded still.
      let dropped = try write(durably: false) { db -> StoredAmount? in
        // What was said of it is of an earlier moment.
        guard try Self.supersededSets(db, of: set.source).contains(set) else { return nil }
        let amount = try Self.amount(ofSet: set.id, db)
        try Self.delete(sets: [set.id], db)
        return amount
      }
      guard let dropped else { continue }
      done.dropped += dropped
      sources.insert(set.source)
      Failpoint.setDropped.reach()
    }
    done.sources = sources.count
    if done.dropped.sets > 0 {
      try write { db in
        try Self.dropOrphanedCrops(db)
        try Self.dropOrphanedPositions(db)
      }
    }
    let isSparse = try read { db in
      let free = try Int.fetchOne(db, sql: "PRAGMA freelist_count") ?? 0
      return try free > (Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0) / Store.mostFree
    }
    if done.dropped.sets > 0 || isSparse { try rewrite() }
    done.bytes = max(0, before - (try byteCount()))
    return done
  }

  /// What share of the pages may be free, as a divisor, where nothing is dropped; more are left by a call that was killed.
  private static let mostFree = 10

  func byteCount() throws(StoreError) -> Int {
    try read { db in
      try (Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0) * (Int.fetchOne(db, sql: "PRAGMA page_size") ?? 0)
    }
  }

  private struct SupersededSet: Hashable {
    let id: Int64
    let source: Int
  }

  /// The sets, of all sources or one, in the order in which they were made.
  private static func supersededSets(_ db: Database, of source: Int? = nil) throws -> [SupersededSet] {
    let hasGenerations = try schemaVersion(db) >= Schema.withGenerations
    func age(of table: String) -> String {
      hasGenerations ? "\(table).generation" : "coalesce(\(table).completed_at, \(table).started_at)"
    }
    func isWhole(_ table: String) -> String {
      "\(table).state = 'complete' AND \(table).reason IS NOT '\(SourceError.Code.crashed.rawValue)'"
    }
    let rows = try Row.fetchAll(
      db,
      sql: """
        \(try newestSets(db, ofSource: source != nil))
        SELECT old.id, old.source_id
        FROM newest JOIN result_sets AS latest USING (id) JOIN result_sets AS old ON old.source_id = newest.source_id
        WHERE place = 1 AND \(isWhole("latest")) AND old.id <> latest.id
          AND (\(age(of: "old")) < \(age(of: "latest")) OR \(isWhole("old")))
        ORDER BY old.source_id, \(age(of: "old")), old.id
        """, arguments: StatementArguments([source].compactMap(\.self)))
    return try rows.map { row in
      SupersededSet(id: Int64(try row.integer(0, in: 0...Int.max)), source: try row.integer(1, in: 0...Int.max))
    }.filter { try holder(ofSet: $0.id, db) == nil }
  }
}
