import GRDB
import StreetCore

extension Store {
  /// Removes a source with all that was read in it, by all models, and leaves none of its bytes in the database's files.
  ///
  /// What was read goes in one transaction. Then the database is rewritten, which costs writing it once and takes room for two
  /// copies; its log is emptied, and the source's name is removed last. A process that is killed in between has removed nothing
  /// or all but the name, and the same call again completes it. What a file system, a disk, a snapshot or a backup keeps of
  /// earlier contents is out of reach.
  ///
  /// What reviewers decided on pictures that no other source has goes, too, and so do such pictures' places in samples, unless
  /// decisions are to be kept: then they come to bear again when the pictures are read again.
  ///
  /// - Returns: What was removed.
  /// - Throws: `store.unknown_source`; `store.busy` where a run reads the source, or where a process reads the database for
  ///   longer than is waited; what else writing can throw.
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
      // Who gave it again meanwhile has it.
      try db.execute(
        sql: """
          DELETE FROM sources
          WHERE identity = ? AND NOT EXISTS (SELECT 1 FROM result_sets WHERE source_id = sources.id)
          """, arguments: [source.identity])
    }
    try emptyLogOfAll()
    return amount
  }

  /// How many decisions there are on pictures that no other source has.
  static func decisionCount(ofSource id: Int, _ db: Database) throws -> Int {
    guard try hasDecisions(db) else { return 0 }
    return try Int.fetchOne(
      db, sql: "SELECT count(*) FROM decisions WHERE sha256 IN (\(ownPictures))", arguments: [id]) ?? 0
  }

  /// SQL for the pictures of a source that no other one has.
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
