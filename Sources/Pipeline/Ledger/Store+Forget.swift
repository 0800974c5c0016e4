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
  /// - Returns: What was removed.
  /// - Throws: `store.unknown_source`; `store.busy` where a run reads the source, or where a process reads the database for
  ///   longer than is waited; what else writing can throw.
  @discardableResult
  package func forget(_ source: StoredSource) throws(StoreError) -> StoredAmount {
    try deleteSecurely()
    let (amount, holder) = try write { db -> (StoredAmount, Run?) in
      let id = try Int.fetchOne(db, sql: "SELECT id FROM sources WHERE identity = ?", arguments: [source.identity])
      guard let id else { throw StoreError.unknownSource(path, source.name) }
      let sets = try Int64.fetchAll(db, sql: "SELECT id FROM result_sets WHERE source_id = ?", arguments: [id])
      for set in sets {
        if let run = try Self.holder(ofSet: set, db) { return (StoredAmount(), run) }
      }
      let amount = try Self.amount(ofSource: id, db)
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
}
