import GRDB
import StreetCore

/// Indexes while a shard that is attached as `shard` is taken over.
extension Store {
  /// Drops the indexes in which a shard's rows would go to any place, where the shard has as many members as the database and no
  /// source in common with it. Returns the SQL that makes them again, which has to run in the same transaction.
  ///
  /// To sort all rows once is faster then than to look for a place for each. With a source in common, rows may be replaced, and
  /// whose crops are to go is looked for by an index.
  static func dropIndexes(_ db: Database) throws -> [String] {
    let isWorthIt = try Bool.fetchOne(
      db,
      sql: """
        WITH shard_size AS MATERIALIZED (SELECT count(*) AS members FROM shard.members)
        SELECT (SELECT count(*) FROM (SELECT 1 FROM main.members LIMIT 1 + (SELECT members FROM shard_size)))
            <= (SELECT members FROM shard_size)
          AND NOT EXISTS (SELECT 1 FROM shard.sources JOIN main.sources USING (identity))
        """)
    guard isWorthIt == true else { return [] }
    return try drop("index", ["members_by_content", "numbers_by_confidence", "numbers_by_text"], db)
  }

  /// Drops indexes or triggers; returns the SQL that makes those again which were there.
  static func drop(_ type: String, _ names: [String], _ db: Database) throws -> [String] {
    try names.compactMap { name in
      let sql = try String.fetchOne(
        db, sql: "SELECT sql FROM main.sqlite_schema WHERE type = ? AND name = ?", arguments: [type, name])
      if sql != nil { try db.execute(sql: "DROP \(type) main.\(name)") }
      return sql
    }
  }
}
