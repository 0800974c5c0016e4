import GRDB
import StreetCore

/// Copying the decisions of a shard that is attached as `shard`.
extension Store {
  /// Copies decisions and samples. The result is the union of both, whatever the order of merging, and is applied to
  /// the numbers again. Decisions on pictures that the database does not contain are kept, and apply once it does.
  static func takeOverDecisions(_ shard: Shard, _ db: Database) throws -> Int {
    var count = 0
    // A shard with an earlier schema has no decisions.
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
    // The function keeps SQLite from using the index by content, in which rows may be missing in a shard.
    let read = try String.fetchAll(
      db,
      sql: """
        SELECT DISTINCT sha256 FROM shard.members WHERE coalesce(sha256, '') IN (SELECT sha256 FROM main.decisions)
        """)
    for picture in read { try applyDecisions(toPicture: picture, db) }
    return count
  }

  /// Throws if a row of the shard has the id of a different row.
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

  /// The tables of decisions and samples, with their columns.
  static let decisionTables = [
    ("decisions", decisionColumns),
    ("samples", "id, seed, population, filters, created_at"),
    ("sample_items", "sample_id, place, hash, sha256, box_left, box_top, box_width, box_height, shown, confidence"),
  ]

  /// Copies only the decisions of another database, which may have read any sources. Returns the number of new
  /// decisions.
  ///
  /// Throws the errors of merging.
  package func mergeDecisions(_ shard: Shard) throws(StoreError) -> Int {
    try shard.checkDecisions()
    return try attached(shard) { db in try Self.takeOverDecisions(shard, db) } ?? 0
  }
}
