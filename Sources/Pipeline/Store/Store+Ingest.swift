import GRDB

extension Store {
  /// The SHA-256 of the file last seen at a path, if size and time of change are still the same.
  public func knownContent(at path: SourcePath) throws(StoreError) -> String? {
    try access {
      try queue.read { db in
        try String.fetchOne(
          db,
          sql: """
            SELECT sha256 FROM source_paths JOIN sources ON sources.id = source_id
            WHERE path = ? AND source_paths.byte_count = ? AND modified_ns = ?
            """, arguments: [path.path, path.byteCount, path.modified])
      }
    }
  }

  /// Begins or goes on with the result set of a source, in one transaction.
  ///
  /// The same source under another name is the same source; it is shown under the name that sorts first,
  /// whatever came first.
  ///
  /// - Parameter fingerprint: For a folder a hash of its listing, because its path alone doesn't say what
  ///   is in it; empty for all else.
  public func begin(
    _ source: SourceDescription, method: ReadingMethod, fingerprint: String = ""
  ) throws(StoreError) -> ResultSet {
    try access {
      try queue.write { db in
        let sourceID = try Self.insert(source, db)
        try db.execute(
          sql: "INSERT INTO models (id, name, metadata) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
          arguments: [method.modelID, method.modelName, method.modelMetadata])
        try db.execute(
          sql: """
            INSERT INTO result_sets
              (source_id, model_id, parameters, fingerprint, tool_version, state, started_at)
            VALUES (?, ?, ?, ?, ?, 'running', \(Self.now)) ON CONFLICT DO NOTHING
            """,
          arguments: [sourceID, method.modelID, method.parameters, fingerprint, method.toolVersion])
        let id = try Int64.fetchOne(
          db,
          sql: """
            SELECT id FROM result_sets
            WHERE source_id = ? AND model_id = ? AND parameters = ? AND fingerprint = ?
            """, arguments: [sourceID, method.modelID, method.parameters, fingerprint])
        // A folder that is again what it was before its last change: its set of then is the newest once more.
        try db.execute(
          sql: """
            UPDATE result_sets SET completed_at = \(Self.now)
            WHERE id = ? AND state = 'complete' AND EXISTS (
              SELECT 1 FROM result_sets AS later
              WHERE (later.source_id, later.model_id, later.parameters)
                  = (result_sets.source_id, result_sets.model_id, result_sets.parameters)
                AND later.state = 'complete' AND later.completed_at >= result_sets.completed_at
                AND later.fingerprint <> result_sets.fingerprint)
            """,
          arguments: [id])
        guard let id, let set = try Self.resultSet(id, db) else {
          throw Damage(description: "a result set can't be found again")
        }
        return set
      }
    }
  }

  /// Stores how members ended, all or none of them, in one transaction that outlives a power cut.
  ///
  /// Members come in order, without gaps. What another run has stored of the same set meanwhile is the
  /// same, and is left as it is.
  public func commit(_ outcomes: [MemberOutcome], to set: ResultSet) throws(StoreError) {
    guard !outcomes.isEmpty else { return }
    try access {
      try queue.write { db in
        var next = try Self.memberCount(set.id, db)
        for outcome in outcomes where outcome.ordinal >= next {
          precondition(outcome.ordinal == next, "members are committed in order")
          try Self.insert(outcome, resultSet: set.id, db)
          next += 1
        }
      }
    }
  }

  /// Declares a set complete: all that can be read has been.
  ///
  /// - Parameters:
  ///   - memberCount: Members that were seen; the same number must have been committed.
  ///   - ending: Why the source could not be read to its end; nil where it was.
  public func complete(
    _ set: ResultSet, memberCount: Int, ending: Reason? = nil
  ) throws(StoreError) {
    try access {
      try queue.write { db in
        let stored = try Self.memberCount(set.id, db)
        guard stored == memberCount else {
          throw StoreError(
            code: .internal, message: "database \(path): \(memberCount) members seen, \(stored) stored",
            path: path)
        }
        try db.execute(
          sql: """
            UPDATE result_sets
            SET state = 'complete', completed_at = \(Self.now), member_count = ?, reason = ?, message = ?
            WHERE id = ? AND state = 'running'
            """, arguments: [memberCount, ending?.id, ending?.message, set.id])
      }
    }
  }

  /// A result set as it is now, with its counts for a summary; costs a walk over its members.
  public func refreshed(_ set: ResultSet) throws(StoreError) -> ResultSet {
    try access {
      guard let now = try queue.read({ db in try Self.resultSet(set.id, db) }) else {
        throw Damage(description: "a result set is gone")
      }
      return now
    }
  }
}
