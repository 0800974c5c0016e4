import Foundation
import GRDB
package import StreetCore
import Synchronization

/// Runs on the database, and the sources that they are reading.
extension Store {
  /// Records this process as a run, which owns what it claims from now on. Call it once per store.
  public func startRun(_ command: String) throws(StoreError) {
    let process = ProcessIdentity.current
    let id = try write { db in
      try db.execute(
        sql: """
          INSERT INTO runs (command, host, process_id, process_mark, tool_version, started_at, heartbeat_at)
          VALUES (?, ?, ?, ?, ?, \(Self.now), \(Self.now))
          """,
        arguments: [command, ProcessInfo.processInfo.hostName, process.number, process.mark, Version.current])
      return db.lastInsertedRowID
    }
    run.withLock { $0 = id }
    Failpoint.runStarted.reach()
  }

  /// Updates the run's heartbeat, so that another run that waits for it continues to wait. Not synced to disk, because
  /// it only matters while the system runs.
  package func beat() throws(StoreError) {
    guard let run = runID else { return }
    try write(durably: false) { db in
      try db.execute(sql: "UPDATE runs SET heartbeat_at = \(Self.now) WHERE id = ?", arguments: [run])
    }
  }

  /// Records the end of the run and its exit code, and releases its claims.
  public func endRun(exitCode: Int) throws(StoreError) {
    guard let run = runID else { return }
    try write { db in
      try db.execute(
        sql: "UPDATE runs SET heartbeat_at = \(Self.now), ended_at = \(Self.now), exit_code = ? WHERE id = ?",
        arguments: [exitCode, run])
      try db.execute(sql: "UPDATE result_sets SET run_id = NULL, deaths = 0 WHERE run_id = ?", arguments: [run])
    }
    self.run.withLock { $0 = nil }
    Failpoint.runEnded.reach()
  }

  /// The current state of a run, if it is still reading a source; otherwise nil.
  package func reader(_ run: Run, of source: SourceDescription) throws(StoreError) -> Run? {
    try read { db in
      let isReading = try Bool.fetchOne(
        db,
        sql: """
          SELECT EXISTS (SELECT 1 FROM result_sets JOIN sources ON sources.id = source_id
            WHERE identity = ? AND run_id = ?)
          """, arguments: [source.identity, run.id])
      return isReading == true ? try Self.run(run.id, db) : nil
    }
  }

  /// Another run that has not ended and is alive, the one with the latest heartbeat, which may hold the database. Nil
  /// if none is known.
  func otherRun() -> Run? {
    let runs = try? queue.read { db in
      let ids = try Int64.fetchAll(
        db, sql: "SELECT id FROM runs WHERE ended_at IS NULL ORDER BY heartbeat_at DESC LIMIT 100")
      return try ids.compactMap { try Self.run($0, db) }
    }
    return runs?.first { $0.id != runID && $0.process.life != .dead }
  }

  var runID: Int64? { run.withLock { $0 } }

  /// A run that has not ended.
  static func run(_ id: Int64, _ db: Database) throws -> Run? {
    let row = try Row.fetchOne(
      db,
      sql: """
        SELECT host, process_id, process_mark, started_at, heartbeat_at FROM runs
        WHERE id = ? AND ended_at IS NULL
        """, arguments: [id])
    return try row.map { row in
      Run(
        id: id, host: try row.text(0),
        process: ProcessIdentity(number: try row.integer(1, in: 0...Int.max), mark: try row.text(2)),
        startedAt: try row.text(3), heartbeatAt: try row.text(4))
    }
  }
}
