import GRDB
import StreetCore

extension Store {
  /// Merges all results of a shard in one transaction, and records that the shard was merged.
  ///
  /// The result depends neither on the order in which shards are merged nor on repetitions: rows are matched by their
  /// content keys, and the decisions of reviewers are united. Of two results of one reading method for one source,
  /// their content decides which is kept. The shard's own runs and merges are not copied.
  ///
  /// - Returns: The numbers of rows that were copied; nil if the shard was merged before.
  /// - Throws: `shard.foreign`, `shard.damaged`, `shard.incomplete`, `shard.not_an_archive`, `shard.contradiction`,
  ///   `store.newer_schema`, `store.older_schema` or `store.not_a_database` if the shard is rejected; `store.busy` if a
  ///   run is reading one of its sources; and the other errors of writing.
  package func merge(_ shard: Shard) throws(StoreError) -> StoredAmount? {
    guard try !isMerged(shard) else { return nil }
    return try merge(ShardCheck(shard))
  }

  /// Whether the shard was merged before, so that `merge` has nothing to do.
  package func isMerged(_ shard: Shard) throws(StoreError) -> Bool {
    try read { db in try Self.isMerged(shard, db) }
  }

  /// Merges a shard whose check has already begun; waits for the end of the check.
  package func merge(_ check: ShardCheck) throws(StoreError) -> StoredAmount? {
    try check.end()
    Failpoint.shardChecked.reach()
    let amount = try attached(check.shard) { db in
      guard try !Self.isMerged(check.shard, db) else { return nil as StoredAmount? }
      return try takeOver(check.shard, db)
    }
    Failpoint.shardMerged.reach()
    return amount
  }

  /// Runs `body` in a transaction with a checked shard attached as `shard`; rolls back if `body` returns nil.
  func attached<Value>(_ shard: Shard, _ body: (Database) throws -> Value?) throws(StoreError) -> Value? {
    do {
      return try queue.writeWithoutTransaction { db in
        // The check has verified that the shard's rows have their parents and satisfy the constraints, so parents need
        // not be looked up. Types are checked when rows are inserted.
        try db.execute(
          sql: "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON; PRAGMA trusted_schema = OFF")
        try db.execute(sql: Shard.manyPages)
        defer {
          try? db.execute(sql: "PRAGMA foreign_keys = ON; PRAGMA ignore_check_constraints = OFF; \(Shard.usualPages)")
        }
        try db.execute(sql: "ATTACH DATABASE ? AS shard", arguments: [shard.uri])
        // The triggers that maintain the R*Tree of positions need it for everything that follows.
        defer { try? db.execute(sql: "PRAGMA trusted_schema = ON") }
        defer { try? db.execute(sql: "DETACH DATABASE shard") }
        var value: Value?
        try db.inTransaction(.immediate) {
          value = try body(db)
          try shard.checkUnchanged()
          Failpoint.shardTaken.reach()
          return value == nil ? .rollback : .commit
        }
        return value
      }
    } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
      throw .damaged(shard: shard.path, error.message ?? "a value contradicts the tables")
    } catch {
      try shard.checkUnchanged()
      throw failure(error)
    }
  }

  /// Whether all sources of a shard were merged, and none of them was forgotten since.
  private static func isMerged(_ shard: Shard, _ db: Database) throws -> Bool {
    try Bool.fetchOne(
      db, sql: "SELECT count(*) > 0 AND count(*) = max(source_count) FROM main.merged_shards WHERE sha256 = ?",
      arguments: [shard.sha256]) ?? false
  }

  private func takeOver(_ shard: Shard, _ db: Database) throws -> StoredAmount {
    try Self.checkAgreement(shard, db)
    let indexes = try Self.dropIndexes(db)
    let triggers = try Self.dropCounting(db)
    // Without indexes, rows are appended to each table and sorted later. SQLite sorts as many at once as its cache may
    // hold, which takes half again as long if they exceed the processor's cache.
    if !indexes.isEmpty { try db.execute(sql: Shard.fewPages) }
    try db.execute(sql: Self.descriptions)
    var amount = StoredAmount()
    let sets = try Int64.fetchAll(
      db,
      sql: """
        SELECT result_sets.id FROM shard.result_sets JOIN shard.sources ON sources.id = source_id
        ORDER BY identity, method, selection, fingerprint, generation, parameters
        """)
    for set in sets { amount += try takeOver(set: set, db) }
    Failpoint.shardCopied.reach()
    for sql in triggers + indexes { try db.execute(sql: sql) }
    try db.execute(sql: Shard.manyPages)
    try Self.takeOverCrops(db)
    // Triggers maintain the R*Tree, which SQLite before 3.41 considers unsafe in triggers. The shard's schema was
    // checked and is ours.
    try db.execute(sql: "PRAGMA trusted_schema = ON")
    try Self.takeOverPositions(db)
    try db.execute(sql: "PRAGMA trusted_schema = OFF")
    amount.decisions = try Self.takeOverDecisions(shard, db)
    try db.execute(
      sql: """
        INSERT INTO main.merged_shards (sha256, source_id, name, source_count, merged_at)
        SELECT ?, ours.id, ?, (SELECT count(*) FROM shard.sources), \(Self.now)
        FROM shard.sources AS theirs JOIN main.sources AS ours USING (identity)
        WHERE true ON CONFLICT DO NOTHING
        """, arguments: [shard.sha256, shard.name])
    return amount
  }

  /// Throws if the shard contradicts the database about a model or a source; both are identified by their content.
  private static func checkAgreement(_ shard: Shard, _ db: Database) throws {
    let model = try String.fetchOne(
      db,
      sql: """
        SELECT 'model ' || id FROM shard.models AS theirs JOIN main.models AS ours USING (id)
        WHERE (theirs.name, theirs.metadata) IS NOT (ours.name, ours.metadata)
        """)
    let source = try String.fetchOne(
      db,
      sql: """
        SELECT 'archive ' || identity FROM shard.sources AS theirs JOIN main.sources AS ours USING (identity)
        WHERE (theirs.kind, theirs.sha256, theirs.byte_count) IS NOT (ours.kind, ours.sha256, ours.byte_count)
        """)
    if let what = model ?? source { throw StoreError.contradiction(shard: shard.path, what) }
  }

  /// The SQL that copies the shard's models, sources and their paths.
  ///
  /// A path at which another machine saw a file is a place to look for it. Only this machine can verify that the file
  /// is unchanged, so the modification time is not copied, and a path that this machine saw is kept.
  private static let descriptions = """
    INSERT INTO main.models (id, name, metadata, sequence)
    SELECT id, name, metadata, \(Schema.sequence(of: "metadata")) FROM shard.models
    WHERE id IN (SELECT model_id FROM shard.result_sets) ORDER BY id
    ON CONFLICT DO NOTHING;

    INSERT INTO main.sources (identity, kind, sha256, byte_count, name, created_at)
    SELECT identity, kind, sha256, byte_count, name, created_at FROM shard.sources WHERE true ORDER BY identity
    ON CONFLICT (identity) DO UPDATE SET created_at = min(created_at, excluded.created_at),
      name = iif(name = '-' OR excluded.name < name AND excluded.name <> '-', excluded.name, name);

    INSERT INTO main.source_paths (path, source_id, byte_count, modified_ns, seen_at)
    SELECT path, ours.id, places.byte_count, \(unknownTime), seen_at
    FROM shard.source_paths AS places JOIN shard.sources AS theirs ON theirs.id = places.source_id
      JOIN main.sources AS ours USING (identity)
    WHERE true ORDER BY path
    ON CONFLICT (path) DO UPDATE SET source_id = excluded.source_id, byte_count = excluded.byte_count,
      seen_at = excluded.seen_at
    WHERE modified_ns = \(unknownTime) AND
      (excluded.seen_at, (SELECT identity FROM main.sources WHERE id = excluded.source_id))
        > (seen_at, (SELECT identity FROM main.sources WHERE id = source_id));
    """

  /// The value of `source_paths.modified_ns` that no file of this machine has, so that the file is hashed again.
  private static let unknownTime = -1
}
