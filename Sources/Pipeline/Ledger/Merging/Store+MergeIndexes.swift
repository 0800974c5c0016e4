import GRDB
import StreetCore

/// The indexes while a shard that is attached as `shard` is merged.
extension Store {
  /// Drops the indexes into which a shard's rows would be inserted in random order, if the shard has at least as many
  /// members as the database and no source in common with it. Returns the SQL that creates them again, which must run
  /// in the same transaction.
  ///
  /// Sorting all rows once is then faster than inserting them one by one. With a source in common, rows may be
  /// replaced, and an index is needed to find the crops to delete.
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

  /// Drops indexes or triggers; returns the SQL that creates those that existed.
  static func drop(_ type: String, _ names: [String], _ db: Database) throws -> [String] {
    try names.compactMap { name in
      let sql = try String.fetchOne(
        db, sql: "SELECT sql FROM main.sqlite_schema WHERE type = ? AND name = ?", arguments: [type, name])
      if sql != nil { try db.execute(sql: "DROP \(type) main.\(name)") }
      return sql
    }
  }
}
