import GRDB
import StreetCore

/// How what reviewers decided is taken over from a shard that is attached as `shard`.
extension Store {
  /// Takes over decisions and samples. All that either has is there afterwards, once, in whatever order shards come; what they come to
  /// for the numbers is worked out anew. Decisions on pictures that the database does not know are kept for when it does.
  static func takeOverDecisions(_ shard: Shard, _ db: Database) throws -> Int {
    var count = 0
    // A shard of an earlier schema has none.
    let has = "SELECT EXISTS (SELECT 1 FROM shard.sqlite_schema WHERE name = 'decisions')"
    if try Bool.fetchOne(db, sql: has) == true {
      try checkDecisionsAgree(shard, db)
      for (table, columns) in decisionTables {
        try db.execute(
          sql: """
            INSERT INTO main.\(table) (\(columns)) SELECT \(columns) FROM shard.\(table) WHERE true ON CONFLICT DO NOTHING
            """)
        if table == "decisions" { count = db.changesCount }
      }
      let pictures = try String.fetchAll(db, sql: "SELECT DISTINCT sha256 FROM shard.decisions")
      for picture in pictures { try applyDecisions(toPicture: picture, db) }
    }
    guard try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM main.decisions)") == true else { return count }
    // The function keeps SQLite from the index by content, which of a shard may lack some.
    let read = try String.fetchAll(
      db,
      sql: """
        SELECT DISTINCT sha256 FROM shard.members WHERE coalesce(sha256, '') IN (SELECT sha256 FROM main.decisions)
        """)
    for picture in read { try applyDecisions(toPicture: picture, db) }
    return count
  }

  /// Throws where a row of the shard has the id of another one.
  private static func checkDecisionsAgree(_ shard: Shard, _ db: Database) throws {
    for (table, columns) in decisionTables {
      let keys = table == "sample_items" ? "sample_id, place" : "id"
      let other = try String.fetchOne(
        db,
        sql: """
          SELECT theirs.\(keys.prefix { $0 != "," }) FROM shard.\(table) AS theirs JOIN main.\(table) AS ours USING (\(keys))
          WHERE (\(qualified(columns, "theirs"))) IS NOT (\(qualified(columns, "ours"))) LIMIT 1
          """)
      if let other { throw StoreError.contradiction(shard: shard.path, "decision or sample \(other)") }
    }
  }

  private static func qualified(_ columns: String, _ table: String) -> String {
    columns.split(separator: ", ").map { "\(table).\($0)" }.joined(separator: ", ")
  }

  /// The tables of what reviewers decided, and their columns.
  static let decisionTables = [
    ("decisions", decisionColumns),
    ("samples", "id, seed, population, filters, created_at"),
    ("sample_items", "sample_id, place, hash, sha256, box_left, box_top, box_width, box_height, shown, confidence"),
  ]

  /// Takes over what reviewers decided in another database, and nothing else of it: of any database, whatever it has read. Returns how
  /// many decisions are new.
  ///
  /// Throws as merging does.
  package func mergeDecisions(_ shard: Shard) throws(StoreError) -> Int {
    try shard.checkDecisions()
    return try attached(shard) { db in try Self.takeOverDecisions(shard, db) } ?? 0
  }
}
