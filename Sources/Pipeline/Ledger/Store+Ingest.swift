import GRDB
package import StreetCore

extension Store {
  /// The SHA-256 of the file last seen at a path, if its size and modification time are unchanged.
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

  /// Claims the result set of a source, new or existing, in one transaction, unless another run is reading it.
  ///
  /// A source is the same under any name; it is displayed under the name that sorts first, regardless of the order in
  /// which they came. Members of a complete set with a transient reason are reopened.
  ///
  /// - Parameters:
  /// - fingerprint: For a folder, a hash of its listing, because its path does not identify its content; empty for
  ///   other sources.
  /// - retry: If this is the given source, its rejected members are reopened whose reasons match a pattern.
  /// - silent: A run whose heartbeat has stopped and that can't be examined; it loses the set.
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

  /// Claims a source when no other run is expected; throws `store.busy` if one is reading it.
  package func begin(
    _ source: SourceDescription, method: ReadingMethod, fingerprint: String = ""
  ) throws(StoreError) -> ResultSet {
    switch try claim(source, method: method, fingerprint: fingerprint) {
    case .granted(let set): return set
    case .held(let holder): throw .busy(path, holder)
    }
  }

  /// Records in one transaction which members are about to be read, so that if one of them ends the process, the next
  /// run knows. `ended` are the ordinals of members recorded earlier that have final states but are not stored yet.
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

  /// Stores outcomes, all or none, in one transaction that survives a power failure.
  ///
  /// If another run has stored outcomes of the same set in the meantime, they are the same, and are left unchanged.
  package func commit(_ outcomes: [MemberOutcome], to set: ResultSet) throws(StoreError) {
    guard !outcomes.isEmpty else { return }
    try write { db in
      try checkClaim(set, db)
      for outcome in outcomes { try Self.insert(outcome, resultSet: set.id, db) }
      Failpoint.storeCommitting.reach()
    }
  }

  /// Marks a set as complete: everything that can be read has been read.
  ///
  /// - Parameters:
  /// - memberCount: The number of members seen, which must equal the number committed.
  /// - ending: Why the source could not be read to its end; nil if it was.
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
    // The run reads until now, also if it dies before its next beat.
    if let run = runID {
      try db.execute(sql: "UPDATE runs SET heartbeat_at = \(Self.now) WHERE id = ?", arguments: [run])
    }
    try db.execute(
      sql: """
        UPDATE result_sets
        SET state = 'complete', completed_at = \(Self.now), member_count = ?, reason = ?, message = ?, run_id = NULL,
          deaths = 0
        WHERE id = ? AND state = 'running'
        """, arguments: [memberCount, ending?.id, ending?.message, set.id])
  }

  /// Marks a set as complete because reading its source crashes the program; earlier results are kept. Members that
  /// were to be read again are rejected for the same reason.
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

  /// The current state of a result set, with counts for a summary; costs reading all of its members.
  package func refreshed(_ set: ResultSet) throws(StoreError) -> ResultSet {
    try read { db in try Self.found(set.id, db) }
  }

  /// What is stored of the source at a path that this run is reading: the number of members in each state, and of
  /// numbers with at least a confidence; zeros if it is reading none.
  package func storedCounts(
    at path: String, confidence: Int
  ) throws(StoreError) -> (members: MemberCounts, numbers: Int) {
    try read { db in
      let set = try Int64.fetchOne(
        db,
        sql: """
          SELECT result_sets.id FROM result_sets JOIN source_paths USING (source_id)
          WHERE path = ? AND run_id = ? AND state = 'running' ORDER BY generation DESC
          """, arguments: [path, runID])
      guard let set else { return (MemberCounts(), 0) }
      let numbers = try Int.fetchOne(
        db, sql: "SELECT count(*) FROM numbers WHERE result_set_id = ? AND confidence >= ?",
        arguments: [set, confidence])
      return (try Self.found(set, db).counts, numbers ?? 0)
    }
  }

  /// The number of bytes that each member before the set's end produced, by ordinal; 0 for a hard link.
  package func byteCounts(in set: ResultSet) throws(StoreError) -> [Int] {
    try read { db in
      var counts: [Int] = []
      let rows = try Row.fetchCursor(
        db,
        sql: """
          SELECT iif(alias_of IS NULL, byte_count, 0) FROM members WHERE result_set_id = ? AND ordinal < ?
          ORDER BY ordinal
          """, arguments: [set.id, set.end])
      while let row = try rows.next() { counts.append(try row.amount(0)) }
      guard counts.count == set.end else { throw Damage(description: "a member is missing among those stored") }
      return counts
    }
  }

  /// Deletes what this run has stored in a set, because its source turned out to have other content; deletes the set
  /// and the source too if nothing is left of them.
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

  /// Throws if another run has taken the set over because this one's heartbeat stopped.
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
