import Foundation
import GRDB
import StreetCore

extension Store {
  /// A connection that creates no file and works on one that may not be written.
  ///
  /// Read-write as far as the system allows, because a read-only connection leaves its `-wal` and `-shm` behind when it closes.
  /// Where a folder or a full disk can't hold these, a database without a log was cleanly closed and is read as "immutable",
  /// https://www.sqlite.org/wal.html#read_only_databases: without a lock, so it has to be seen that it was.
  static func queue(
    reading file: DatabaseFile, _ configuration: Configuration
  ) throws -> (DatabaseQueue, UnlockedFile?) {
    let unlocked = try UnlockedFile(file)
    do {
      let queue = try DatabaseQueue(path: file.uri("mode=rw"), configuration: configuration)
      // What lies beside it is made by the first access.
      _ = try queue.read(schemaVersion)
      return (queue, nil)
    } catch let error as DatabaseError
      where [.SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_IOERR, .SQLITE_FULL].contains(error.resultCode) && !file.hasLog
    {
      return (try DatabaseQueue(path: file.uri("mode=ro&immutable=1"), configuration: configuration), unlocked)
    }
  }

  /// Refuses what isn't ours or isn't known, before anything is written.
  static func checkSchema(_ queue: DatabaseQueue, path: String, mode: Mode) throws {
    let (application, version, isEmpty) = try queue.read { db in
      (
        try Int.fetchOne(db, sql: "PRAGMA application_id") ?? 0,
        try schemaVersion(db),
        // The migrator's own table comes before the first migration; a run may have ended in between.
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

  /// Sets the connection up and brings the schema up to date; says whether it was not.
  static func prepareForWriting(_ queue: DatabaseQueue, busyTimeout: Double) throws -> Bool {
    try turnOnLog(queue, busyTimeout: busyTimeout)
    // In a write-ahead log, FULL is what makes a commit outlive a power cut.
    try queue.writeWithoutTransaction { db in try db.execute(sql: "PRAGMA synchronous = FULL") }
    Failpoint.storeOpened.reach()
    let before = try queue.read(schemaVersion)
    try migrate(queue)
    return before < Schema.version
  }

  /// SQLite's own wait doesn't cover this change of mode, which two runs may make at once.
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

  /// Brings the schema up to date, as often as another run is found to have brought it a step further
  /// meanwhile: of two that begin the same step, the slower fails on what the other has made.
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
