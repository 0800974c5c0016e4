import GRDB
import StreetCore

/// What a claim does to the rows of a result set.
extension Store {
  /// The set of a source, a method and a listing; made where it is missing.
  static func resultSet(
    of source: Int64, _ method: ReadingMethod, _ fingerprint: String, _ db: Database
  ) throws -> Int64 {
    try db.execute(
      sql: """
        INSERT INTO models (id, name, metadata, sequence) VALUES (?1, ?2, ?3, \(Schema.sequence(of: "?3"))) ON CONFLICT DO NOTHING
        """,
      arguments: [method.modelID, method.modelName, method.modelMetadata])
    let known = try Int64.fetchOne(
      db,
      sql: """
        SELECT id FROM result_sets WHERE source_id = ? AND method = ? AND selection = ? AND fingerprint = ?
        ORDER BY generation DESC
        """, arguments: [source, method.digest, method.selectionDigest, fingerprint])
    if let known { return known }
    try db.execute(
      sql: """
        INSERT INTO result_sets (source_id, model_id, parameters, reading, method, selection, libraries, rules, fingerprint,
          tool_version, state, started_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'running', \(now))
        """,
      arguments: [
        source, method.modelID, method.parameters, method.reading, method.digest, method.selectionDigest,
        method.libraries, MemberRules.revision, fingerprint, method.toolVersion,
      ])
    return db.lastInsertedRowID
  }

  /// Makes a set the newest of its source, where it is about to be read, or where it is that of a folder which is again what it
  /// was before its last change.
  static func markNewest(_ set: Int64, _ db: Database) throws {
    try db.execute(
      sql: """
        UPDATE result_sets
        SET generation = 1 + (SELECT max(generation) FROM result_sets AS other WHERE other.source_id = result_sets.source_id)
        WHERE id = ? AND (generation = 0 OR EXISTS (
          SELECT 1 FROM result_sets AS later
          WHERE later.source_id = result_sets.source_id AND later.generation > result_sets.generation
            AND (result_sets.state = 'running'
              OR (later.method, later.selection) = (result_sets.method, result_sets.selection)
                AND later.fingerprint <> result_sets.fingerprint)))
        """,
      arguments: [set])
  }

  /// Gives a set the members that it had when it was claimed.
  static func restore(_ set: ResultSet, _ db: Database) throws {
    try db.execute(
      sql: "DELETE FROM members WHERE result_set_id = ? AND ordinal >= ?", arguments: [set.id, set.end])
    for ordinal in set.pending.keys where ordinal < set.end {
      try db.execute(
        sql: "DELETE FROM numbers WHERE result_set_id = ? AND ordinal = ?", arguments: [set.id, ordinal])
      try db.execute(
        sql: """
          UPDATE members SET state = 'pending', attempts = 0, reason = NULL, message = NULL, width = NULL, height = NULL
          WHERE result_set_id = ? AND ordinal = ?
          """, arguments: [set.id, ordinal])
    }
  }

  /// Makes rejected members of a complete set pending again. `condition` is SQL over `members`. A set that was set aside because
  /// reading its source ended the program is left alone, unless it is `revived`: then it is taken up with or without such
  /// members, and keeps its reason until it is complete again. What lacked memory is read in a process of its own.
  static func reopen(
    _ set: Int64, where condition: String, _ arguments: StatementArguments, revived: Bool, _ db: Database
  ) throws {
    try db.execute(
      sql: """
        UPDATE members SET state = 'pending', attempts = reason = '\(ImageError.Code.outOfMemory.rawValue)', reason = NULL,
          message = NULL
        WHERE result_set_id = ? AND state = 'rejected' AND (\(condition))
          AND EXISTS (
            SELECT 1 FROM result_sets
            WHERE id = result_set_id AND state = 'complete' AND (? OR reason IS NOT '\(SourceError.Code.crashed.rawValue)'))
        """, arguments: [set] + arguments + [revived])
    guard db.changesCount > 0 || revived else { return }
    try db.execute(
      sql: """
        UPDATE result_sets SET state = 'running', deaths = 0, completed_at = NULL, member_count = NULL,
          reason = iif(reason = ?1, reason, NULL), message = iif(reason = ?1, message, NULL)
        WHERE id = ?2 AND state = 'complete' AND (NOT ?3 OR reason = ?1 OR ?4)
        """, arguments: [SourceError.Code.crashed.rawValue, set, revived, db.changesCount > 0])
  }

  /// Whether one of the patterns matches the reason of what was set aside because reading it ended the program.
  static func matchesCrashed(_ patterns: [String], _ db: Database) throws -> Bool {
    try patterns.contains { pattern in
      try Bool.fetchOne(
        db, sql: "SELECT ? GLOB ?", arguments: [SourceError.Code.crashed.rawValue, glob(pattern)]) ?? false
    }
  }
}
