import GRDB
import StreetCore

/// Merging the result sets of a shard that is attached as `shard`.
extension Store {
  /// Copies a result set of the shard if the database has none of the same source and method, or a worse one. Returns
  /// what was written.
  func takeOver(set theirs: Int64, _ db: Database) throws -> StoredAmount {
    let ours = try Row.fetchOne(
      db,
      sql: """
        SELECT ours.id, ours.state, main.sources.name
        FROM shard.result_sets AS theirs JOIN shard.sources ON shard.sources.id = theirs.source_id
          JOIN main.sources USING (identity) JOIN main.result_sets AS ours ON ours.source_id = main.sources.id
            AND (ours.method, ours.selection, ours.fingerprint) = (theirs.method, theirs.selection, theirs.fingerprint)
        WHERE theirs.id = ? ORDER BY ours.generation DESC
        """, arguments: [theirs])
    guard let ours else { return try Self.copy(theirs, to: Self.insert(set: theirs, db), db) }
    let id = Int64(try ours.integer(0, in: 0...Int.max))
    if try ours.text(1) != "complete" {
      if let run = try Self.holder(ofSet: id, db) { throw StoreError.beingRead(path, try ours.text(2), run) }
    } else {

      // Even if the database keeps its set, the set gets the larger of the two generations.
      try db.execute(
        sql: """
          UPDATE main.result_sets SET generation = theirs.generation FROM shard.result_sets AS theirs
          WHERE theirs.id = ? AND main.result_sets.id = ? AND theirs.generation > main.result_sets.generation
          """, arguments: [theirs, id])
      guard try Self.isBetter(theirs, than: id, db) else { return StoredAmount() }
    }
    for table in ["digits", "numbers", "reviewed_numbers"] {
      try db.execute(sql: "DELETE FROM main.\(table) WHERE result_set_id = ?", arguments: [id])
    }
    // The old members are deleted after the new ones are inserted, so that crops of pictures in both sets are kept.
    try db.execute(sql: "UPDATE main.members SET result_set_id = ? WHERE result_set_id = ?", arguments: [-id, id])
    try db.execute(
      sql: """
        UPDATE main.result_sets SET run_id = NULL, deaths = 0,
          (\(columns), generation) = (SELECT \(columns), max(generation, main.result_sets.generation)
            FROM shard.result_sets WHERE id = ?)
        WHERE id = ?
        """, arguments: [theirs, id])
    let amount = try Self.copy(theirs, to: id, db)
    try db.execute(sql: "DELETE FROM main.members WHERE result_set_id = ?", arguments: [-id])
    return amount
  }

  /// The columns of a set besides its keys, its generation and the run that reads it.
  private static let columns =
    "parameters, reading, rules, libraries, tool_version, state, started_at, completed_at, member_count, reason, message"
  private var columns: String { Self.columns }

  private static func insert(set: Int64, _ db: Database) throws -> Int64 {
    try db.execute(
      sql: """
        INSERT INTO main.result_sets (source_id, model_id, method, selection, fingerprint, generation, \(columns))
        SELECT ours.id, model_id, method, selection, fingerprint, generation, \(columns)
        FROM shard.result_sets JOIN shard.sources AS theirs ON theirs.id = source_id
          JOIN main.sources AS ours USING (identity)
        WHERE shard.result_sets.id = ?
        """, arguments: [set])
    return db.lastInsertedRowID
  }

  private static func copy(_ theirs: Int64, to ours: Int64, _ db: Database) throws -> StoredAmount {
    var amount = StoredAmount()
    amount.sets = 1
    for (table, columns) in contents {
      try db.execute(
        sql: """
          INSERT INTO main.\(table) (result_set_id, \(columns))
          SELECT ?, \(columns) FROM shard.\(table) WHERE result_set_id = ? ORDER BY \(keys(table))
          """, arguments: [ours, theirs])
      if table == "numbers" { amount.numbers = db.changesCount }
    }
    try countNumbers(ofSet: ours, db)
    amount.members = try memberCounts(ours, db)
    return amount
  }

  /// The tables of results in members, with the columns of a row besides its set.
  private static let contents = [
    ("members", "ordinal, name, byte_count, sha256, offset, alias_of, state, reason, message, width, height"),
    ("numbers", "ordinal, rank, text, confidence, box_left, box_top, box_width, box_height"),
    ("digits", "ordinal, rank, position, digit, score, box_left, box_top, box_width, box_height"),
  ]

  private static func keys(_ table: String) -> String {
    ["members": "ordinal", "numbers": "ordinal, rank"][table] ?? "ordinal, rank, position"
  }

  /// Whether a complete set of the shard replaces one of the same source and method. Only their content decides: a set
  /// of a source that was not set aside is better, then one by later rules, then one with fewer rejected members, then
  /// the one with the smallest row that the other lacks; of equal sets, the one made first.
  private static func isBetter(_ theirs: Int64, than ours: Int64, _ db: Database) throws -> Bool {
    // The unary plus keeps SQLite from using the index of rejected members, in which rows may be missing in a shard.
    func rejected(_ schema: String) -> String {
      "(SELECT count(*) FROM \(schema).members WHERE result_set_id = sets.id AND +state = 'rejected')"
    }
    func order(_ schema: String, _ values: String) -> String {
      "(SELECT \(values) FROM \(schema).result_sets AS sets WHERE id = ?)"
    }
    func isLess(_ values: (String) -> [String]) throws -> Bool? {
      for (one, other) in zip(values("shard"), values("main")) {
        let (a, b) = (order("shard", one), order("main", other))
        let less = try Bool.fetchOne(
          db, sql: "SELECT iif(\(a) IS \(b), NULL, \(a) < \(b))", arguments: [theirs, ours, theirs, ours])
        if let less { return less }
      }
      return nil
    }
    let quality = try isLess { ["reason IS '\(SourceError.Code.crashed.rawValue)'", "-rules", rejected($0)] }
    if let quality { return quality }
    for (table, columns) in contents {
      let (a, b) = ("FROM shard.\(table) WHERE result_set_id = ?1", "FROM main.\(table) WHERE result_set_id = ?2")
      let isTheirs = try Bool.fetchOne(
        db,
        sql: """
          SELECT is_theirs FROM (
            SELECT true AS is_theirs, * FROM (SELECT \(columns) \(a) EXCEPT SELECT \(columns) \(b))
            UNION ALL SELECT false, * FROM (SELECT \(columns) \(b) EXCEPT SELECT \(columns) \(a))
          ) ORDER BY \(columns) LIMIT 1
          """, arguments: [theirs, ours])
      if let isTheirs { return isTheirs }
    }
    let rest = [
      "coalesce(reason, '')", "coalesce(message, '')", "completed_at", "started_at", "tool_version", "libraries",
      "parameters", "reading",
    ]
    return try isLess { _ in rest } ?? false
  }
}
