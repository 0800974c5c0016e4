import Foundation
import GRDB
import StreetCore

extension Store {
  /// A connection that creates no file, and also works with a read-only database.
  ///
  /// The file is opened for reading and writing if the system permits, because a read-only connection leaves its `-wal`
  /// and `-shm` files behind. If these can't be created, because of a read-only folder or a full disk, a database
  /// without a log was closed cleanly and is opened as "immutable"
  /// (https://www.sqlite.org/wal.html#read_only_databases). It is then read without a lock, so the caller must check
  /// that it did not change.
  static func queue(
    reading file: DatabaseFile, _ configuration: Configuration
  ) throws -> (DatabaseQueue, UnlockedFile?) {
    let unlocked = try UnlockedFile(file)
    do {
      let queue = try DatabaseQueue(path: file.uri("mode=rw"), configuration: configuration)
      // The first access creates the files next to it.
      _ = try queue.read(schemaVersion)
      return (queue, nil)
    } catch let error as DatabaseError
      where [.SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_IOERR, .SQLITE_FULL].contains(error.resultCode) && !file.hasLog
    {
      return (try DatabaseQueue(path: file.uri("mode=ro&immutable=1"), configuration: configuration), unlocked)
    }
  }

  /// Throws if the file is not a streetnum database or has an unknown schema, before anything is written.
  static func checkSchema(_ queue: DatabaseQueue, path: String, mode: Mode) throws {
    let (application, version, isEmpty) = try queue.read { db in
      (
        try Int.fetchOne(db, sql: "PRAGMA application_id") ?? 0,
        try schemaVersion(db),
        // The migrator's own table precedes the first migration; a run may have ended in between.
        try Int.fetchOne(
          db, sql: "SELECT count(*) FROM sqlite_schema WHERE tbl_name <> 'grdb_migrations'") == 0
      )
    }
    if application == 0, version == 0, isEmpty {
      if mode == .write { return }
      throw StoreError.missing(path)  // Another run is about to make it.
    }
    guard application == Schema.applicationID else { throw StoreError.notADatabase(path) }
    guard version <= Schema.version else { throw StoreError.newerSchema(path, version: version) }
    guard version >= Schema.oldestReadable || mode == .write else {
      throw StoreError.olderSchema(path, version: version)
    }
  }

  /// Configures the connection and migrates the schema; returns whether there was a migration.
  static func prepareForWriting(_ queue: DatabaseQueue, busyTimeout: Double) throws -> Bool {
    try turnOnLog(queue, busyTimeout: busyTimeout)
    // In WAL mode, synchronous=FULL makes a commit survive a power failure.
    try queue.writeWithoutTransaction { db in try db.execute(sql: "PRAGMA synchronous = FULL") }
    Failpoint.storeOpened.reach()
    let before = try queue.read(schemaVersion)
    try migrate(queue)
    return before < Schema.version
  }

  /// SQLite's busy timeout does not apply to this change of mode, which two runs may make at the same time.
  private static func turnOnLog(_ queue: DatabaseQueue, busyTimeout: Double) throws {
    let deadline = ContinuousClock.now + .seconds(busyTimeout)
    while true {
      do {
        try queue.writeWithoutTransaction { db in
          _ = try String.fetchOne(db, sql: "PRAGMA journal_mode = WAL")
        }
        return
      } catch ResultCode.SQLITE_BUSY where ContinuousClock.now < deadline {
        Thread.sleep(forTimeInterval: 0.01)
      }
    }
  }

  /// Migrates the schema, and retries if another run is migrating at the same time: of two runs at the same step, the
  /// slower one fails because of the other's changes.
  private static func migrate(_ queue: DatabaseQueue) throws {
    while true {
      let before = try queue.read(schemaVersion)
      do {
        return try Schema.migrator.migrate(queue)
      } catch {
        guard try queue.read(schemaVersion) > before else { throw error }
      }
    }
  }

  static func schemaVersion(_ db: Database) throws -> Int {
    try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
  }
}
