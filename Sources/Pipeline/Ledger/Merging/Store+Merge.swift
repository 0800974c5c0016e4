import GRDB
import StreetCore

extension Store {
  /// Takes over all results of a shard in one transaction, and writes down that it was merged.
  ///
  /// Whatever the order in which shards are merged, and however often, the same comes out: rows are matched by their content
  /// keys, decisions of reviewers are united, and of two results of the same reading method for the same source one is chosen by what they hold. Of the shard's
  /// own runs and merges nothing is taken over.
  ///
  /// - Returns: What was taken over; nil where the shard was merged before.
  /// - Throws: `shard.foreign`, `shard.damaged`, `shard.incomplete`, `shard.not_an_archive`, `shard.contradiction`,
  ///   `store.newer_schema`, `store.older_schema` or `store.not_a_database` where the shard is refused; `store.busy`
  ///   where a run is reading a source of it; what else writing can throw.
  package func merge(_ shard: Shard) throws(StoreError) -> StoredAmount? {
    guard try !isMerged(shard) else { return nil }
    return try merge(ShardCheck(shard))
  }

  /// Whether `merge` has nothing to do.
  package func isMerged(_ shard: Shard) throws(StoreError) -> Bool {
    try read { db in try Self.isMerged(shard, db) }
  }

  /// The same with a shard whose check was begun before; waits for its end.
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

  /// Runs `body` in a transaction with a checked shard attached as `shard`; one that returns nil is taken back.
  func attached<Value>(_ shard: Shard, _ body: (Database) throws -> Value?) throws(StoreError) -> Value? {
    do {
      return try queue.writeWithoutTransaction { db in
        // The shard's rows are known to belong together and to keep the tables' constraints, so that no parent has to be looked
        // for. Types are checked as rows come in.
        try db.execute(
          sql: "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON; PRAGMA trusted_schema = OFF")
        try db.execute(sql: Shard.manyPages)
        defer {
          try? db.execute(sql: "PRAGMA foreign_keys = ON; PRAGMA ignore_check_constraints = OFF; \(Shard.usualPages)")
        }
        try db.execute(sql: "ATTACH DATABASE ? AS shard", arguments: [shard.uri])
        // The triggers of positions, which keep an R*Tree, need it in all that comes later.
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

  /// Whether all sources of a shard were merged, and none of them forgotten since.
  private static func isMerged(_ shard: Shard, _ db: Database) throws -> Bool {
    try Bool.fetchOne(
      db, sql: "SELECT count(*) > 0 AND count(*) = max(source_count) FROM main.merged_shards WHERE sha256 = ?",
      arguments: [shard.sha256]) ?? false
  }

  private func takeOver(_ shard: Shard, _ db: Database) throws -> StoredAmount {
    try Self.checkAgreement(shard, db)
    let indexes = try Self.dropIndexes(db)
    let triggers = try Self.dropCounting(db)
    // Without indexes rows go to the end of each table, and are then sorted: SQLite sorts as many at once as its cache may hold,
    // which takes half again as long where the processor's own cache does not hold them.
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
    // Triggers keep the R*Tree, which SQLite before 3.41 takes for unsafe in them. The shard's schema is known to be ours.
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

  /// Throws where the shard says something else of a model or a source than the database: both are named by their content.
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

  /// SQL that takes over the shard's models, sources and their places.
  ///
  /// Where another machine saw a file is a place to look for it. That the file is still the same is for this machine to see, so
  /// that the time of its last change is not taken over, and a place that this machine saw stays.
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

  /// In `source_paths.modified_ns`: no file of this machine has it, so that the file is hashed again.
  private static let unknownTime = -1
}
