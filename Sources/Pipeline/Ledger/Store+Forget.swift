import GRDB
import StreetCore

extension Store {
  /// Deletes a source with all of its results, by all models, and erases their bytes from the database's files.
  ///
  /// The results are deleted in one transaction. Then the database is rewritten, which costs writing it once and disk
  /// space for two copies; its log is emptied, and the source's name is deleted last. If the process is killed in
  /// between, either nothing is deleted or everything but the name, and repeating the call completes the deletion.
  /// Earlier contents in file systems, disks, snapshots and backups are out of reach.
  ///
  /// Decisions on pictures that no other source has are deleted, too, and so are such pictures' places in samples,
  /// unless decisions are to be kept. Kept decisions apply again when the pictures are read again.
  ///
  /// - Returns: What was deleted.
  /// - Throws: `store.unknown_source`; `store.busy` if a run is reading the source, or a process reads the database for
  ///   longer than the busy timeout; and the other errors of writing.
  @discardableResult
  package func forget(
    _ source: StoredSource, keepingDecisions: Bool = false
  ) throws(StoreError) -> StoredAmount {
    try deleteSecurely()
    let (amount, holder) = try write { db -> (StoredAmount, Run?) in
      let id = try Int.fetchOne(db, sql: "SELECT id FROM sources WHERE identity = ?", arguments: [source.identity])
      guard let id else { throw StoreError.unknownSource(path, source.name) }
      let sets = try Int64.fetchAll(db, sql: "SELECT id FROM result_sets WHERE source_id = ?", arguments: [id])
      for set in sets {
        if let run = try Self.holder(ofSet: set, db) { return (StoredAmount(), run) }
      }
      var amount = try Self.amount(ofSource: id, db)
      amount.decisions = try Self.decisionCount(ofSource: id, db)
      if keepingDecisions {
        amount.decisions = 0
      } else {
        for table in ["decisions", "sample_items"] {
          try db.execute(sql: "DELETE FROM \(table) WHERE sha256 IN (\(Self.ownPictures))", arguments: [id])
        }
      }
      try Self.delete(sets: sets, db)
      // A shard's name may begin with the archive's SHA-256.
      for table in ["source_paths", "merged_shards", "positions", "sidecars"] {
        try db.execute(sql: "DELETE FROM \(table) WHERE source_id = ?", arguments: [id])
      }
      return (amount, nil)
    }
    if let holder { throw .beingRead(path, source.name, holder) }
    Failpoint.sourceEmptied.reach()
    try rewrite()
    Failpoint.sourceRewritten.reach()
    try write { db in
      // If the source has been claimed again in the meantime, it is kept.
      try db.execute(
        sql: """
          DELETE FROM sources
          WHERE identity = ? AND NOT EXISTS (SELECT 1 FROM result_sets WHERE source_id = sources.id)
          """, arguments: [source.identity])
    }
    try emptyLogOfAll()
    return amount
  }

  /// The number of decisions on pictures that no other source has.
  static func decisionCount(ofSource id: Int, _ db: Database) throws -> Int {
    guard try hasDecisions(db) else { return 0 }
    return try Int.fetchOne(
      db, sql: "SELECT count(*) FROM decisions WHERE sha256 IN (\(ownPictures))", arguments: [id]) ?? 0
  }

  /// SQL for the pictures of a source that no other source has.
  private static let ownPictures = """
    SELECT decided.sha256 FROM (SELECT sha256 FROM decisions UNION SELECT sha256 FROM sample_items) AS decided
    WHERE EXISTS (
      SELECT 1 FROM members JOIN result_sets ON result_sets.id = result_set_id
      WHERE members.sha256 = decided.sha256 AND source_id = ?1)
    AND NOT EXISTS (
      SELECT 1 FROM members JOIN result_sets ON result_sets.id = result_set_id
      WHERE members.sha256 = decided.sha256 AND source_id <> ?1)
    """
}
