import GRDB

/// The content of a stream is only known at its end. Until then, its members are stored, but left out of queries.
extension Store {
  /// Identifies a stream that has been read to its end with the source that has its content, in one transaction.
  ///
  /// If that source is known, its own result set is kept: members that it lacks are moved into it, and the stream is
  /// deleted.
  ///
  /// - Parameters:
  /// - set: The stream's result set, with all members committed.
  /// - sha256: The SHA-256 of all bytes of the stream, in lower-case hexadecimal.
  /// - byteCount: The number of bytes of the stream.
  /// - Returns: The set that now contains the members, which may be complete already.
  package func seal(_ set: ResultSet, sha256: String, byteCount: Int) throws(StoreError) -> ResultSet {
    try write { db in
      let identity = "sha256:\(sha256)"
      let source = try Self.integer(
        """
        SELECT source_id FROM result_sets JOIN sources ON sources.id = source_id
        WHERE result_sets.id = ? AND kind = 'stream'
        """, [set.id], db)
      guard let source else { throw Damage(description: "a stream can't be found again") }
      let known = try Self.integer("SELECT id FROM sources WHERE identity = ?", [identity], db)
      var sealed = set.id
      if let known {
        sealed = try Self.give(set.id, to: known, db)
        for table in ["positions", "sidecars"] {
          try db.execute(
            sql: "UPDATE OR IGNORE \(table) SET source_id = ? WHERE source_id = ?", arguments: [known, source])
        }
        try db.execute(sql: "DELETE FROM sources WHERE id = ?", arguments: [source])
      } else {
        try db.execute(
          sql: "UPDATE sources SET identity = ?, kind = 'archive', sha256 = ?, byte_count = ? WHERE id = ?",
          arguments: [identity, sha256, byteCount, source])
      }
      try Self.dropDeadStreams(db)
      guard let now = try Self.resultSet(sealed, db) else {
        throw Damage(description: "a result set can't be found again")
      }
      return now
    }
  }

  /// Deletes a stream that will not be read to its end; a sealed stream is an archive, and is kept.
  package func discardStream(_ set: ResultSet) throws(StoreError) {
    try write { db in
      try db.execute(
        sql: """
          DELETE FROM sources
          WHERE kind = 'stream' AND id = (SELECT source_id FROM result_sets WHERE id = ?)
          """, arguments: [set.id])
    }
  }

  /// Assigns a set to another source. If that source has a set with the same method, that one is kept and returned.
  private static func give(_ set: Int64, to source: Int64, _ db: Database) throws -> Int64 {
    let twin = try integer(
      """
      SELECT theirs.id FROM result_sets AS theirs JOIN result_sets AS ours
        ON (theirs.method, theirs.selection, theirs.fingerprint)
          = (ours.method, ours.selection, ours.fingerprint)
      WHERE ours.id = ? AND theirs.source_id = ?
      """, [set, source], db)
    if let twin {
      if try resultSet(twin, db)?.isComplete == false { try moveMembers(from: set, to: twin, db) }
      return twin
    }
    try db.execute(
      sql: """
        UPDATE result_sets SET source_id = ?1,
          generation = 1 + coalesce((SELECT max(generation) FROM result_sets WHERE source_id = ?1), 0)
        WHERE id = ?2
        """, arguments: [source, set])
    return set
  }

  /// Moves the members that have no final state in the other set.
  private static func moveMembers(from set: Int64, to other: Int64, _ db: Database) throws {
    try db.execute(sql: "PRAGMA defer_foreign_keys = ON")
    try db.execute(sql: "DELETE FROM members WHERE result_set_id = ? AND state = 'pending'", arguments: [other])
    // The members move last: where they are decides what else moves.
    for table in ["reviewed_numbers", "numbers", "digits", "members"] {
      try db.execute(
        sql: """
          UPDATE \(table) SET result_set_id = ?1 WHERE result_set_id = ?2
            AND ordinal NOT IN (SELECT ordinal FROM members WHERE result_set_id = ?1)
          """,
        arguments: [other, set])
    }
  }

  /// Deletes streams whose run is gone, because they will never be read to their end.
  private static func dropDeadStreams(_ db: Database) throws {
    let streams = try Row.fetchAll(
      db,
      sql: """
        SELECT source_id, run_id FROM result_sets JOIN sources ON sources.id = source_id
        WHERE kind = 'stream' AND run_id IS NOT NULL
        """)
    for row in streams {
      let run = try run(Int64(try row.integer(1, in: 0...Int.max)), db)
      guard run == nil || run?.process.life == .dead else { continue }
      try db.execute(sql: "DELETE FROM sources WHERE id = ?", arguments: [try row.integer(0, in: 0...Int.max)])
    }
  }

  private static func integer(_ sql: String, _ arguments: StatementArguments, _ db: Database) throws -> Int64? {
    try Int64.fetchOne(db, sql: sql, arguments: arguments)
  }
}
