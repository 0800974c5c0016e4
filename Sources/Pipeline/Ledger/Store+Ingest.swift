import GRDB
package import StreetCore

extension Store {
  /// The SHA-256 of the file last seen at a path, if size and time of change are still the same.
  package func knownContent(at path: SourcePath) throws(StoreError) -> String? {
    try read { db in
      try String.fetchOne(
        db,
        sql: """
          SELECT sha256 FROM source_paths JOIN sources ON sources.id = source_id
          WHERE path = ? AND source_paths.byte_count = ? AND modified_ns = ?
          """, arguments: [path.path, path.byteCount, path.modified])
    }
  }

  /// Begins or goes on with the result set of a source, in one transaction, unless another run is reading it.
  ///
  /// The same source under another name is the same source; it is shown under the name that sorts first, whatever came
  /// first. Members of a complete set that ended for a passing reason are opened again.
  ///
  /// - Parameters:
  ///   - fingerprint: For a folder a hash of its listing, because its path alone doesn't say what is in it; empty for all
  ///     else.
  ///   - retry: A source of which rejected members are opened again, for reasons that match a pattern, if it is this one.
  ///   - silent: A run that has not moved for long and can't be looked at; it loses the set.
  package func claim(
    _ source: SourceDescription, method: ReadingMethod, fingerprint: String = "",
    retry: (source: RejectedSource, reasons: [String])? = nil, from silent: Run? = nil
  ) throws(StoreError) -> Claim {
    try write { db in
      let sourceID = try Self.insert(source, db)
      let id = try Self.resultSet(of: sourceID, method, fingerprint, db)
      let again = retry?.source.set == id ? retry?.reasons ?? [] : []
      let (condition, patterns) = Self.anyReason(Reason.passing + again)
      try Self.reopen(id, where: condition, patterns, revived: Self.matchesCrashed(again, db), db)
      let row = try Row.fetchOne(
        db, sql: "SELECT run_id FROM result_sets WHERE id = ? AND run_id IS NOT NULL AND run_id IS NOT ?",
        arguments: [id, runID])
      let holder = try row.flatMap { try Self.run(Int64($0.integer(0, in: 0...Int.max)), db) }
      if let holder, holder.id != silent?.id, holder.process.life != .dead { return .held(by: holder) }
      try Self.markNewest(id, db)
      try db.execute(
        sql: """
          UPDATE result_sets SET run_id = ?, deaths = deaths + ?
          WHERE id = ? AND state = 'running' AND run_id IS NOT ?
          """, arguments: [runID, holder?.process.life == .dead ? 1 : 0, id, runID])
      return .granted(try Self.found(id, db))
    }
  }

  /// The same, where no other run is expected; throws `store.busy` where one is reading the source.
  package func begin(
    _ source: SourceDescription, method: ReadingMethod, fingerprint: String = ""
  ) throws(StoreError) -> ResultSet {
    switch try claim(source, method: method, fingerprint: fingerprint) {
    case .granted(let set): return set
    case .held(let holder): throw .busy(path, holder)
    }
  }

  /// Writes down in one transaction which members are about to be read: of one that never ends, because it ends the process,
  /// the next run knows. `ended` are the ordinals of members written down before whose reading has ended, though they are not
  /// stored.
  package func note(_ members: [Member], ended: [Int], in set: ResultSet) throws(StoreError) {
    try write(durably: false) { db in
      try checkClaim(set, db)
      let clearing = try db.cachedStatement(
        sql: "UPDATE members SET attempts = 0 WHERE result_set_id = ? AND ordinal = ? AND state = 'pending'")
      for ordinal in ended { try clearing.execute(arguments: [set.id, ordinal]) }
      let statement = try db.cachedStatement(
        sql: """
          INSERT INTO members (result_set_id, ordinal, name, byte_count, offset, state, attempts)
          VALUES (?, ?, ?, ?, ?, 'pending', 1)
          ON CONFLICT (result_set_id, ordinal) DO UPDATE SET attempts = attempts + 1 WHERE state = 'pending'
          """)
      for member in members {
        try statement.execute(arguments: [set.id, member.ordinal, member.name, member.byteCount, member.offset])
      }
    }
  }

  /// Stores how members ended, all or none of them, in one transaction that outlives a power cut.
  ///
  /// What another run has stored of the same set meanwhile is the same, and is left as it is.
  package func commit(_ outcomes: [MemberOutcome], to set: ResultSet) throws(StoreError) {
    guard !outcomes.isEmpty else { return }
    try write { db in
      try checkClaim(set, db)
      for outcome in outcomes { try Self.insert(outcome, resultSet: set.id, db) }
      Failpoint.storeCommitting.reach()
    }
  }

  /// Declares a set complete: all that can be read has been.
  ///
  /// - Parameters:
  ///   - memberCount: Members that were seen; the same number must have been committed.
  ///   - ending: Why the source could not be read to its end; nil where it was.
  package func complete(
    _ set: ResultSet, memberCount: Int, ending: Reason? = nil
  ) throws(StoreError) {
    try write { db in try complete(set, memberCount, ending, db) }
  }

  private func complete(_ set: ResultSet, _ memberCount: Int, _ ending: Reason?, _ db: Database) throws {
    try db.execute(
      sql: "DELETE FROM members WHERE result_set_id = ? AND ordinal >= ? AND state = 'pending'",
      arguments: [set.id, memberCount])
    let now = try Self.found(set.id, db)
    guard now.counts.total == memberCount, now.end == memberCount else {
      throw StoreError(
        code: .internal, message: "database \(path): \(memberCount) members seen, \(now.counts.total) stored",
        path: path)
    }
    try db.execute(
      sql: """
        UPDATE result_sets
        SET state = 'complete', completed_at = \(Self.now), member_count = ?, reason = ?, message = ?, run_id = NULL,
          deaths = 0
        WHERE id = ? AND state = 'running'
        """, arguments: [memberCount, ending?.id, ending?.message, set.id])
  }

  /// Declares a set complete because reading its source ends the program; what was read before stays. Members that were to be
  /// read again are rejected for the same reason.
  package func setAside(_ set: ResultSet, _ reason: Reason) throws(StoreError) {
    try write { db in
      try db.execute(
        sql: """
          UPDATE members SET state = 'rejected', attempts = 0, reason = ?, message = ?
          WHERE result_set_id = ? AND state = 'pending' AND ordinal < ?
          """, arguments: [reason.id, reason.message, set.id, set.end])
      try complete(set, set.end, reason, db)
    }
  }

  /// A result set as it is now, with its counts for a summary; costs a walk over its members.
  package func refreshed(_ set: ResultSet) throws(StoreError) -> ResultSet {
    try read { db in try Self.found(set.id, db) }
  }

  /// The bytes that each member before the set's end produced, by its ordinal; 0 for a hard link.
  package func byteCounts(in set: ResultSet) throws(StoreError) -> [Int] {
    try read { db in
      var counts: [Int] = []
      let rows = try Row.fetchCursor(
        db,
        sql: """
          SELECT iif(alias_of IS NULL, byte_count, 0) FROM members WHERE result_set_id = ? AND ordinal < ?
          ORDER BY ordinal
          """, arguments: [set.id, set.end])
      while let row = try rows.next() { counts.append(try row.integer(0, in: 0...Int.max)) }
      guard counts.count == set.end else { throw Damage(description: "a member is missing among those stored") }
      return counts
    }
  }

  /// Drops what this run has stored in a set because its source turned out to be something else; and a set and a source of
  /// which nothing is left.
  package func discard(_ set: ResultSet) throws(StoreError) {
    try write { db in
      guard set.end == 0 else {
        try Self.restore(set, db)
        let source = try Int64.fetchOne(
          db, sql: "SELECT source_id FROM result_sets WHERE id = ?", arguments: [set.id])
        if let source { try Self.dropOrphanedPositions(of: source, db) }
        return
      }
      let source = try Int64.fetchOne(
        db, sql: "SELECT source_id FROM result_sets WHERE id = ? AND state = 'running'", arguments: [set.id])
      guard let source else { return }
      try db.execute(sql: "DELETE FROM result_sets WHERE id = ?", arguments: [set.id])
      try db.execute(
        sql: "DELETE FROM sources WHERE id = ? AND NOT EXISTS (SELECT 1 FROM result_sets WHERE source_id = sources.id)",
        arguments: [source])
      try Self.dropOrphanedPositions(of: source, db)
    }
  }

  /// A run that was silent for so long that another took its set over must not go on with it.
  private func checkClaim(_ set: ResultSet, _ db: Database) throws {
    let isOurs = try Bool.fetchOne(
      db.cachedStatement(sql: "SELECT run_id IS ? OR state = 'complete' FROM result_sets WHERE id = ?"),
      arguments: [runID, set.id])
    guard isOurs == true else { throw StoreError.taken(path) }
  }

  private static func found(_ id: Int64, _ db: Database) throws -> ResultSet {
    guard let set = try resultSet(id, db) else { throw Damage(description: "a result set can't be found again") }
    return set
  }
}
