import GRDB

/// The result of verifying a database.
public struct Verification: Sendable {
  /// The number of sources.
  public var sources = 0
  /// The number of result sets, of all models and parameters.
  public var sets = 0
  /// The number of members in each state, in all sets.
  public var members = MemberCounts()
  /// The number of members in progress, in incomplete sets.
  public var pending = 0
  /// The number of sources that were read by an earlier version's rules, which may have been wrong, and not examined
  /// since.
  public var outdated = 0
  /// The faults, one sentence each; empty if there are none.
  public var faults: [String] = []
}

extension Store {
  /// Checks every page, and recounts that each member seen is done, rejected or ignored, the latter two with a reason.
  ///
  /// Costs reading the whole database. Returns at most 100 faults.
  public func verify() throws(StoreError) -> Verification {
    try read { db in
      var found = Verification()
      found.faults += try String.fetchAll(db, sql: "PRAGMA integrity_check(100)").filter { $0 != "ok" }
      found.sources = try Self.count("SELECT count(*) FROM sources", db)
      found.sets = try Self.count("SELECT count(*) FROM result_sets", db)
      found.pending = try Self.count("SELECT count(*) FROM members WHERE state = 'pending'", db)
      found.outdated = try Self.outdated(db)
      for (state, keyPath) in [("done", \MemberCounts.done), ("rejected", \.rejected), ("ignored", \.ignored)] {
        found.members[keyPath: keyPath] = try Self.count("SELECT count(*) FROM members WHERE state = '\(state)'", db)
      }
      let invariants =
        try Self.invariants + [Self.invariantOfBoxes] + (Self.knowsShards(db) ? [Self.invariantOfShards] : [])
        + (Self.hasCrops(db) ? Self.invariantsOfCrops : []) + (Self.hasPositions(db) ? Self.invariantsOfPositions : [])
        + (Self.hasDecisions(db) ? Self.invariantsOfReviews : [])
      for (sql, what) in invariants {
        found.faults += try Row.fetchAll(db, sql: sql + " LIMIT 100").map { row in
          "\(what): \(row.map { "\($0) \($1)" }.joined(separator: ", "))"
        }
      }
      if try Self.hasPositions(db) {
        found.faults += try Self.wrongChoices(db, limit: 100).map { "a position differs from its statements: \($0)" }
      }
      if try Self.hasDecisions(db) { found.faults += try Self.faultsOfReviews(db) }
      found.faults = Array(found.faults.prefix(100))
      return found
    }
  }

  /// Whether the database has the table of merged shards; earlier schemas, opened for reading, do not.
  private static func knowsShards(_ db: Database) throws -> Bool {
    try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'merged_shards')") ?? false
  }

  private static let invariantOfShards = (
    "SELECT name FROM merged_shards WHERE source_id NOT IN (SELECT source_id FROM result_sets)",
    "a shard was merged, but nothing of it is stored"
  )

  private static func count(_ sql: String, _ db: Database) throws -> Int { try Int.fetchOne(db, sql: sql) ?? 0 }

  /// Invariants of crops, which earlier schemas do not have.
  private static let invariantsOfCrops = [
    (
      """
      SELECT id AS crop, sha256 AS picture FROM crops
      WHERE NOT EXISTS (SELECT 1 FROM members WHERE members.sha256 = crops.sha256)
      """, "a crop belongs to no picture"
    ),
    ("SELECT id AS crop FROM crops WHERE substr(jpeg, 1, 3) IS NOT x'FFD8FF'", "a crop is not a JPEG"),
  ]

  /// Invariants of the database: each is a query for violations, and their description.
  private static let invariants =
    [("SELECT * FROM pragma_foreign_key_check()", "a row has no parent")] + invariantsOfSets + invariantsOfNumbers

  /// Invariants of result sets and their members.
  static let invariantsOfSets = [
    (
      """
      SELECT sources.name AS source, result_sets.id AS "set", member_count AS seen, count(members.ordinal) AS stored
      FROM result_sets JOIN sources ON sources.id = source_id LEFT JOIN members
        ON result_set_id = result_sets.id AND members.state IN ('done', 'rejected', 'ignored')
      WHERE result_sets.state = 'complete' GROUP BY result_sets.id
      HAVING member_count <> count(members.ordinal) OR coalesce(max(ordinal), -1) <> member_count - 1
      """, "members were seen that have no final state"
    ),
    (
      """
      SELECT result_set_id AS "set", ordinal, members.name FROM members JOIN result_sets ON result_sets.id = result_set_id
      WHERE members.state = 'pending' AND result_sets.state = 'complete'
      """, "a member of a complete set has no final state"
    ),
    (
      """
      SELECT result_set_id AS "set", ordinal, name FROM members
      WHERE state IN ('rejected', 'ignored') AND (coalesce(reason, '') = '' OR coalesce(message, '') = '')
      """, "a member was not read, without a reason"
    ),
    (
      """
      SELECT result_set_id AS "set", ordinal, name, offset, byte_count FROM members
      WHERE offset > \(Row.largestAmount) OR byte_count > \(Row.largestAmount) OR ordinal > \(Row.largestAmount)
      """, "a member's place or size is out of range"
    ),
    (
      "SELECT name AS source, byte_count FROM sources WHERE byte_count > \(Row.largestAmount)",
      "a source's size is out of range"
    ),
  ]

  private static let invariantsOfNumbers = [
    (
      """
      SELECT numbers.result_set_id AS "set", numbers.ordinal, text FROM numbers
      JOIN members USING (result_set_id, ordinal) WHERE state <> 'done'
      """, "a number belongs to a picture that was not read"
    ),
    (
      """
      SELECT result_set_id AS "set", ordinal, text FROM numbers WHERE text IS NOT (
        SELECT group_concat(digit, '') FROM (SELECT digit FROM digits
          WHERE (digits.result_set_id, digits.ordinal, digits.rank)
              = (numbers.result_set_id, numbers.ordinal, numbers.rank) ORDER BY position))
      """, "a number differs from its digits"
    ),
  ]
}
