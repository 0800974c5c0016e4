import GRDB

extension Store {
  /// When every page of a database is read and checked as it is opened for writing.
  public enum PageCheck: Sendable {
    /// Each time; costs reading the whole file.
    case always
    /// Where the database was not closed by all who wrote to it, and after a migration.
    case afterUncleanEnd
  }

  /// Checks every page where that is asked for or due, so that nothing is added to a database that is damaged already.
  ///
  /// What tells of an unclean end is the ledger: a run is entered there, durably, before it writes anything else. A log that
  /// nobody uses tells of it too, but only until somebody reads: the last connection to close takes the log in.
  ///
  /// - Parameters:
  ///   - hadLog: Whether a log or a journal lay beside the file before it was opened.
  ///   - isMigrated: Whether the schema was brought up to date a moment ago.
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

  /// The exit code of a run that ended without one, after which the database was found to be sound. It has no time of its end:
  /// what it was reading is still known as its own.
  private static let lostExitCode = -1

  /// Runs that have not ended, and after which nobody has checked the database yet.
  private static func unendedRuns(_ db: Database) throws -> [Run] {
    try Int64.fetchAll(db, sql: "SELECT id FROM runs WHERE ended_at IS NULL AND exit_code IS NULL").compactMap { id in
      try run(id, db)
    }
  }

  /// Whether a run has ended without a word, as far as can be seen: its process is gone, or it can't be looked at and was not
  /// heard of for an hour. One that was heard of in times to come, by a clock that was wrong, was not heard of lately either.
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
