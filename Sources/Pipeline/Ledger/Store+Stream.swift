import GRDB

/// A stream is known by its content only at its end; until then its members are stored, and no query gives them.
extension Store {
  /// Makes a stream that has been read to its end the source that its content says it is; in one transaction.
  ///
  /// Where that source is known, its own result set stays: what it lacks is moved into it, and the stream is dropped.
  ///
  /// - Parameters:
  ///   - set: The stream's result set, all members of which are committed.
  ///   - sha256: SHA-256 of all bytes of the stream, lower-case hexadecimal.
  ///   - byteCount: How many these were.
  /// - Returns: The set that now holds the members, which may be complete already.
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

  /// Drops a stream whose end won't come; one that is sealed is an archive, and stays.
  package func discardStream(_ set: ResultSet) throws(StoreError) {
    try write { db in
      try db.execute(
        sql: """
          DELETE FROM sources
          WHERE kind = 'stream' AND id = (SELECT source_id FROM result_sets WHERE id = ?)
          """, arguments: [set.id])
    }
  }

  /// Gives a set to another source; where that has its own of the same method, that one stays, and is returned.
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

  /// Moves those members that have not ended in the other set.
  private static func moveMembers(from set: Int64, to other: Int64, _ db: Database) throws {
    try db.execute(sql: "PRAGMA defer_foreign_keys = ON")
    try db.execute(sql: "DELETE FROM members WHERE result_set_id = ? AND state = 'pending'", arguments: [other])
    for table in ["numbers", "digits", "members", "reviewed_numbers"] {
      try db.execute(
        sql: """
          UPDATE \(table) SET result_set_id = ?1 WHERE result_set_id = ?2
            AND ordinal NOT IN (SELECT ordinal FROM members WHERE result_set_id = ?1)
          """,
        arguments: [other, set])
    }
  }

  /// Streams whose run is gone come to no end any more; what was read of them has served.
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
