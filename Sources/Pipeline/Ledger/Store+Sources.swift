import GRDB

/// Sources, and how much is stored of them.
extension Store {
  /// The source with a name, SHA-256 or identity, or else that was seen in a file of that name, and how much is stored of
  /// it, which costs counting. Files with equal bytes are one source, which has the name of the first.
  ///
  /// Throws `store.unknown_source`, and `store.ambiguous_source` if several sources have the name.
  package func source(named name: String) throws(StoreError) -> StoredSource {
    let sources = try read { db in
      func rows(_ condition: String) throws -> [Row] {
        try Row.fetchAll(
          db, sql: "SELECT id, identity, name, sha256, kind FROM sources WHERE \(condition) ORDER BY identity",
          arguments: [name])
      }
      var found = try rows("identity = ?1 OR sha256 = lower(?1) OR composed(name) = composed(?1)")
      if found.isEmpty {
        found = try rows(
          """
          id IN (SELECT source_id FROM source_paths
            WHERE path = ?1 OR substr(composed(path), -length(composed(?1)) - 1) = '/' || composed(?1))
          """)
      }
      return try found.map { row in
        let id = try row.integer(0, in: 0...Int.max)
        let shown = try row.text(2)
        return StoredSource(
          identity: try row.text(1), name: shown, sha256: try row.optionalText(3),
          paths: try row.text(4) == "folder" ? [shown] : try Self.paths(of: id, db),
          amount: try Self.amount(ofSource: id, db))
      }
    }
    guard let first = sources.first else { throw .unknownSource(path, name) }
    let exact = sources.filter { [$0.identity, $0.sha256].contains(name.lowercased()) || $0.identity == name }
    guard sources.count > 1 else { return first }
    guard exact.count == 1 else { throw .ambiguousSource(path, name, sources) }
    return exact[0]
  }

  /// Whether a source that was read by earlier rules is still stored.
  package func isKnown(_ outdated: OutdatedSource) throws(StoreError) -> Bool {
    try read { db in
      try Bool.fetchOne(
        db,
        sql: """
          SELECT EXISTS (SELECT 1 FROM result_sets JOIN sources ON sources.id = source_id
            WHERE result_sets.id = ? AND identity = ?)
          """, arguments: [outdated.set, outdated.identity]) ?? false
    }
  }

  /// The amount stored of a source.
  static func amount(ofSource source: Int, _ db: Database) throws -> StoredAmount {
    let sets = try Int64.fetchAll(db, sql: "SELECT id FROM result_sets WHERE source_id = ?", arguments: [source])
    var amount = try sets.reduce(into: StoredAmount()) { $0 += try self.amount(ofSet: $1, db) }
    amount.decisions = try decisionCount(ofSource: source, db)
    return amount
  }

  /// The amount stored in a result set.
  static func amount(ofSet set: Int64, _ db: Database) throws -> StoredAmount {
    func count(_ sql: String) throws -> Int { try Int.fetchOne(db, sql: sql, arguments: [set]) ?? 0 }
    var amount = StoredAmount()
    amount.sets = 1
    amount.members = try memberCounts(set, db)
    amount.pending = try count("SELECT count(*) FROM members WHERE result_set_id = ? AND state = 'pending'")
    amount.numbers = try count("SELECT count(*) FROM numbers WHERE result_set_id = ?")
    return amount
  }

  /// The run that is reading a result set; nil if it has ended or died.
  static func holder(ofSet set: Int64, _ db: Database) throws -> Run? {
    guard try schemaVersion(db) > 1 else { return nil }  // The first schema knew no runs.
    let run = try Int64.fetchOne(
      db, sql: "SELECT run_id FROM result_sets WHERE id = ? AND run_id IS NOT NULL", arguments: [set])
    guard let run = try run.flatMap({ try self.run($0, db) }), try !isLost(run, db) else { return nil }
    return run
  }

  /// Deletes result sets with all of their results, and models without sets. This is faster than by foreign keys, which
  /// look up the children of each row.
  static func delete(sets: [Int64], _ db: Database) throws {
    for set in sets {
      for table in ["digits", "numbers", "members"] {
        try db.execute(sql: "DELETE FROM \(table) WHERE result_set_id = ?", arguments: [set])
      }
      try db.execute(sql: "DELETE FROM result_sets WHERE id = ?", arguments: [set])
    }
    try db.execute(sql: "DELETE FROM models WHERE NOT EXISTS (SELECT 1 FROM result_sets WHERE model_id = models.id)")
  }
}
