import GRDB
import StreetCore

extension Store {
  /// The result of deleting superseded result sets.
  package struct Pruning: Sendable, Equatable {
    /// What was deleted.
    package var dropped = StoredAmount()
    /// The number of sources of which something was deleted.
    package var sources = 0
    /// The number of bytes by which the file shrank.
    package var bytes = 0

    /// An empty result.
    package init() {}
  }

  /// What `prune` would delete, without the number of bytes.
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

  /// Deletes the result sets that are superseded by a newer complete set of the same source, whatever their models and
  /// parameters. The newest complete set of each source is kept, and so are sets that a run is reading, or that are
  /// newer and incomplete.
  ///
  /// Each set is deleted in a transaction of its own. Then the database is rewritten, which costs writing it once and
  /// disk space for two copies. A process that is killed in between has deleted some sets completely, and repeating the
  /// call completes the work.
  package func prune() throws(StoreError) -> Pruning {
    try deleteSecurely()
    let before = try byteCount()
    var (done, sources) = (Pruning(), Set<Int>())
    for set in try read({ db in try Self.supersededSets(db) }) {
      // Durability is not needed: a set that reappears after a power failure is still superseded.
      let dropped = try write(durably: false) { db -> StoredAmount? in
        // The list of sets may be outdated by now.
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

  /// If nothing is deleted, the file is only rewritten if more than one in this many pages is free, as after a call
  /// that was killed.
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

  /// The superseded sets, of all sources or one, in the order in which they were created.
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
