import Foundation
import GRDB
package import StreetCore
import Synchronization

/// Who works on the database, and who reads which source.
extension Store {
  /// Enters this process as a run; what it claims from now on is its own. Once for each store.
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

  /// Says that the run moves; another one that waits for it goes on waiting. Not forced to disk: it matters to the living.
  package func beat() throws(StoreError) {
    guard let run = runID else { return }
    try write(durably: false) { db in
      try db.execute(sql: "UPDATE runs SET heartbeat_at = \(Self.now) WHERE id = ?", arguments: [run])
    }
  }

  /// Says that the run has ended, how, and gives back what it claimed.
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

  /// A run as it is now, if it still reads a source; else nil.
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

  /// Another run that has not ended and is alive, the one heard of last: who may hold the database. Nil where none is known.
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
