import Foundation
import GRDB
import StreetCore

/// The state of a database and of its nightly runs, for operators.
package struct LedgerHealth: Sendable, Equatable {
  /// A run that is working on the database.
  package struct Worker: Sendable, Equatable {
    /// The process and its times.
    package let description: String
    /// Seconds since its last heartbeat.
    package let silence: Double
  }

  /// The schema version; the first command that writes will migrate an older one.
  package var schema = 0
  /// The runs that are working on the database.
  package var workers: [Worker] = []
  /// The exit code of the last nightly run that ended; nil if none has.
  package var lastExitCode: Int?
  /// Seconds since a nightly run last ended with 0; nil if none has.
  package var secondsSinceSuccess: Double?

  /// The schema version that this program writes.
  package static let newestSchema = Schema.version
}

extension Store {
  /// The state of the runs; costs reading a few rows. For databases of the first schema, which has no runs, only the
  /// version is known.
  package func health() throws(StoreError) -> LedgerHealth {
    try read { db in
      var health = LedgerHealth(schema: try Self.schemaVersion(db))
      guard try db.tableExists("runs") else { return health }
      let ids = try Int64.fetchAll(
        db, sql: "SELECT id FROM runs WHERE ended_at IS NULL ORDER BY heartbeat_at DESC LIMIT 100")
      for run in try ids.compactMap({ try Self.run($0, db) }) where try !Self.isLost(run, db) {
        let silence = try Double.fetchOne(
          db, sql: "SELECT 86400 * (julianday('now') - julianday(?))", arguments: [run.heartbeatAt])
        health.workers.append(LedgerHealth.Worker(description: run.description, silence: silence ?? 0))
      }
      health.lastExitCode = try Int.fetchOne(
        db,
        sql: "SELECT exit_code FROM runs WHERE command = 'nightly' AND exit_code IS NOT NULL ORDER BY id DESC LIMIT 1")
      health.secondsSinceSuccess = try Double.fetchOne(
        db,
        sql: """
          SELECT max(0, unixepoch() - unixepoch(ended_at)) FROM runs WHERE command = 'nightly' AND exit_code = 0
          ORDER BY id DESC LIMIT 1
          """)
      return health
    }
  }
}
