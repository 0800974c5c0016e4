import GRDB

extension Store {
  /// When to check every page of a database as it is opened for writing.
  public enum PageCheck: Sendable {
    /// Every time; costs reading the whole file.
    case always
    /// If a process that wrote to the database did not close it, and after a migration.
    case afterUncleanEnd
  }

  /// Checks every page if requested or due, so that nothing is added to a damaged database.
  ///
  /// The ledger shows an unclean end, because a run is recorded durably before it writes anything else. A leftover log
  /// shows it too, but only until the next reader, because the last connection to close removes the log.
  ///
  /// - Parameters:
  /// - hadLog: Whether a log or a journal existed before the database was opened.
  /// - isMigrated: Whether the schema has just been migrated.
  static func checkPages(_ queue: DatabaseQueue, _ check: PageCheck, hadLog: Bool, isMigrated: Bool) throws {
    let (lost, isInUse) = try queue.read { db in
      let runs = try unendedRuns(db)
      return (try runs.filter { try isLost($0, db) }, runs.contains { $0.process.life == .alive })
    }
    guard check == .always || isMigrated || !lost.isEmpty || hadLog && !isInUse else { return }
    let verdict = try queue.read { db in try String.fetchOne(db, sql: "PRAGMA quick_check(1)") }
    guard verdict == "ok" else { throw Damage(description: verdict ?? "quick_check says nothing") }
    guard !lost.isEmpty else { return }
    try queue.write { db in
      for run in lost {
        try db.execute(
          sql: "UPDATE runs SET exit_code = \(lostExitCode) WHERE id = ? AND ended_at IS NULL", arguments: [run.id])
      }
    }
  }

  /// The exit code stored for a run that died, after which the database was found intact. It gets no end time, so what
  /// it was reading is still known as its own.
  private static let lostExitCode = -1

  /// The runs that have not ended, and after which the database has not been checked.
  private static func unendedRuns(_ db: Database) throws -> [Run] {
    try Int64.fetchAll(db, sql: "SELECT id FROM runs WHERE ended_at IS NULL AND exit_code IS NULL").compactMap { id in
      try run(id, db)
    }
  }

  /// Whether a run has died, as far as can be determined: its process is gone, or it can't be examined and its last
  /// heartbeat is more than an hour ago. A heartbeat in the future, from a wrong clock, counts as old.
  static func isLost(_ run: Run, _ db: Database) throws -> Bool {
    switch run.process.life {
    case .alive: false
    case .dead: true
    case .unknown:
      try Bool.fetchOne(
        db, sql: "SELECT abs(julianday(?) - julianday('now')) > 1.0 / 24", arguments: [run.heartbeatAt]) ?? true
    }
  }
}
