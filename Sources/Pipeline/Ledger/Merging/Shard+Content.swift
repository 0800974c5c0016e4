import GRDB
import StreetCore

/// The requirements on a shard's rows, besides the constraints of the tables.
extension Shard {
  /// Throws if a shard contains anything but the complete result of reading archives and pictures.
  func checkContent(_ db: Database) throws {
    if let source = try String.fetchOne(
      db, sql: "SELECT kind || ' ' || name FROM sources WHERE kind NOT IN ('archive', 'image') ORDER BY 1")
    {
      throw StoreError.unmergeable(shard: path, source)
    }
    for (sql, what) in Shard.incomplete {
      if try Bool.fetchOne(db, sql: "SELECT EXISTS (\(sql))") == true {
        throw StoreError.incomplete(shard: path, what)
      }
    }
    for (sql, what) in Shard.outOfRange + Shard.torn + Store.invariantsOfSets {
      if let row = try Row.fetchOne(db, sql: sql + " LIMIT 1") {
        let values = row.map { "\($0) \($1)" }.joined(separator: ", ")
        throw StoreError.damaged(shard: path, "\(what): \(values.prefix(200))")
      }
    }
    try checkConstraints(db)
    try checkNumbers(db)
    try checkMethods(db)
    try checkCrops(db)
    try checkPositions(db)
    try checkDecisions(db)
  }

  /// Throws if a set's digest of its method is wrong.
  private func checkMethods(_ db: Database) throws {
    let rows = try Row.fetchAll(db, sql: "SELECT DISTINCT model_id, reading, method FROM result_sets")
    for row in rows where try ReadingMethod.digest(modelID: row.text(0), reading: row.text(1)) != row.text(2) {
      throw StoreError.damaged(shard: path, "a method's digest is not that of its model and parameters")
    }
  }

  private static let incomplete = [
    ("SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM result_sets)", "it holds no results"),
    (
      "SELECT 1 FROM sources WHERE NOT EXISTS (SELECT 1 FROM result_sets WHERE source_id = sources.id)",
      "it holds no results for a source"
    ),
    ("SELECT 1 FROM result_sets WHERE state <> 'complete' OR run_id IS NOT NULL", "a source is not read to its end"),
    // The unary plus keeps SQLite from using the index of pending members, in which rows may be missing.
    ("SELECT 1 FROM members WHERE +state = 'pending'", "a member is not read"),
  ]

  /// The maximum generation that is accepted, because a larger one would hide everything that is read later.
  static let largestGeneration = 1_000_000_000
  /// The maximum length of a name or message in bytes.
  private static let longestText = 65_536

  private static let outOfRange = [
    (
      """
      SELECT identity FROM sources WHERE identity IS NOT 'sha256:' || sha256 OR \(notDigest("sha256"))
        OR byte_count IS NULL OR \(notText("name", from: 1)) OR \(notTime("created_at"))
      """, "a source is not named by its SHA-256"
    ),
    (
      """
      SELECT path FROM source_paths WHERE \(notText("path", from: 1)) OR path NOT GLOB '/*' OR \(notTime("seen_at"))
      """, "a path is not one"
    ),
    (
      """
      SELECT id FROM models WHERE \(notDigest("id")) OR \(notText("name", from: 0)) OR \(notObject("metadata"))
      """, "a model's metadata are not JSON"
    ),
    (
      """
      SELECT id FROM result_sets WHERE generation NOT BETWEEN 1 AND \(largestGeneration) OR deaths <> 0 OR fingerprint <> ''
        OR rules > \(largestGeneration) OR \(notTime("started_at")) OR \(notTime("completed_at"))
        OR \(notDigest("method")) OR \(notDigest("selection")) OR \(notText("tool_version", from: 1))
        OR \(notObject("parameters")) OR \(notObject("reading")) OR \(notObject("libraries"))
        OR reason IS NOT NULL AND (\(notReason("reason")) OR \(notText("message", from: 1)))
      """, "a result set is not one that a run completes"
    ),
    (
      """
      SELECT result_set_id, ordinal FROM members WHERE \(notText("name", from: 0)) OR instr(sha256, char(0)) > 0
        OR alias_of >= ordinal OR width > \(longestSide) OR height > \(longestSide)
        OR reason IS NOT NULL AND (\(notReason("reason")) OR \(notText("message", from: 1)))
      """, "a member's values are out of range"
    ),
  ]

  /// Rows without a parent, except numbers and digits, which are read together with their members.
  private static let torn = ["source_paths", "result_sets", "members"].map { table in
    ("SELECT * FROM pragma_foreign_key_check('\(table)')", "a row belongs to nothing")
  }

  /// The maximum side of a picture in pixels.
  static let longestSide = 1_000_000

  static func notDigest(_ column: String) -> String {
    "(length(\(column)) <> 64 OR \(column) GLOB '*[^0-9a-f]*')"
  }

  static func notObject(_ column: String) -> String {
    "(\(notText(column, from: 2)) OR NOT iif(json_valid(\(column)), json_type(\(column)) = 'object', 0))"
  }

  static func notText(_ column: String, from least: Int) -> String {
    "(length(CAST(\(column) AS BLOB)) NOT BETWEEN \(least) AND \(longestText) OR instr(\(column), char(0)) > 0)"
  }

  private static func notReason(_ column: String) -> String {
    "(\(column) NOT GLOB '[a-z]*.[a-z]*' OR \(column) GLOB '*[^a-z0-9_.]*' OR length(\(column)) > 100)"
  }

  /// A time in UTC with milliseconds, as `Store.now` writes it.
  static func notTime(_ column: String) -> String {
    let digits = { (count: Int) in String(repeating: "[0-9]", count: count) }
    let form = "\(digits(4))-\(digits(2))-\(digits(2))T\(digits(2)):\(digits(2)):\(digits(2)).\(digits(3))Z"
    return "\(column) NOT GLOB '\(form)'"
  }
}
