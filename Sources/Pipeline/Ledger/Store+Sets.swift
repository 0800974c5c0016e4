import GRDB
import StreetCore

/// The changes to a result set's rows when it is claimed.
extension Store {
  /// The set for a source, a method and a listing; created if missing.
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

  /// Marks a set as the newest of its source: it is about to be read, or belongs to a folder that has returned to an
  /// earlier state.
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

  /// Restores the pending members that a set had when it was claimed.
  static func restore(_ set: ResultSet, _ db: Database) throws {
    try db.execute(
      sql: "DELETE FROM members WHERE result_set_id = ? AND ordinal >= ?", arguments: [set.id, set.end])
    for ordinal in set.pending.keys where ordinal < set.end {
      for table in ["reviewed_numbers", "numbers"] {
        try db.execute(
          sql: "DELETE FROM \(table) WHERE result_set_id = ? AND ordinal = ?", arguments: [set.id, ordinal])
      }
      try db.execute(
        sql: """
          UPDATE members SET state = 'pending', attempts = 0, reason = NULL, message = NULL, width = NULL, height = NULL
          WHERE result_set_id = ? AND ordinal = ?
          """, arguments: [set.id, ordinal])
    }
  }

  /// Makes rejected members of a complete set pending again. `condition` is SQL over `members`. A set that was set
  /// aside because reading its source crashed the program is left unchanged, unless it is `revived`; then it is
  /// reopened with or without such members, and keeps its reason until it is complete again. Members that lacked memory
  /// are read in a separate process.
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

  /// Whether one of the patterns matches the reason of sources that were set aside.
  static func matchesCrashed(_ patterns: [String], _ db: Database) throws -> Bool {
    try patterns.contains { pattern in
      try Bool.fetchOne(
        db, sql: "SELECT ? GLOB ?", arguments: [SourceError.Code.crashed.rawValue, glob(pattern)]) ?? false
    }
  }
}
