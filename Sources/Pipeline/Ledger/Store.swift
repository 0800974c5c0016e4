import GRDB
import Synchronization

/// A database of sources, their members and the house numbers read from them, in one SQLite file.
///
/// A store is one connection, whose accesses are serialised. Other connections, in this process or another, can read at
/// the same time; only one can write.
public final class Store: Sendable {
  /// The purpose of opening a store.
  public enum Mode: Sendable {
    /// Writing: creates a missing file, and migrates an older schema.
    case write
    /// Reading: changes and creates nothing, and works with read-only files.
    case read
  }

  /// The path as given by the user.
  public let path: String

  let queue: DatabaseQueue
  let run = Mutex<Int64?>(nil)
  private let mode: Mode
  /// The paths of the file and of the files that SQLite keeps next to it; empty for a temporary store.
  package let paths: [String]
  /// The state of a file that is read without a lock; nil if it is locked.
  private let unlocked: UnlockedFile?

  /// Opens the store in the file at `path`.
  ///
  /// Takes milliseconds, whatever the size, unless the pages are checked.
  ///
  /// - Parameters:
  /// - busyTimeout: Seconds to wait for another writer, here and in each later access.
  /// - check: When to check all pages; they are never checked for reading.
  /// - Throws: `store.missing` (for reading), `store.not_a_database`, `store.newer_schema`, `store.older_schema` (for
  ///   reading), `store.cannot_create`, `store.permission`, `store.busy`, `store.full`, `store.io`, `store.damaged`.
  public static func open(
    path: String, mode: Mode, busyTimeout: Double = 10, check: PageCheck = .afterUncleanEnd
  ) throws(StoreError) -> Store {
    let file = DatabaseFile(path)
    if mode == .read {
      if file.isHidden { throw .permission(path) }
      if !file.exists { throw .missing(path) }
      if file.isFolder { throw .notADatabase(path) }
    }
    if file.isSpecial { throw .notADatabase(path) }
    let hadLog = file.hasLog
    do {
      var configuration = configuration("streetnum.store")
      configuration.busyMode = .timeout(busyTimeout)
      let (queue, unlocked): (DatabaseQueue, UnlockedFile?) =
        switch mode {
        case .write: (try DatabaseQueue(path: file.plainPath, configuration: configuration), nil)
        case .read: try queue(reading: file, configuration)
        }
      try checkSchema(queue, path: path, mode: mode)
      if mode == .write {
        let isMigrated = try prepareForWriting(queue, busyTimeout: busyTimeout)
        try checkPages(queue, check, hadLog: hadLog, isMigrated: isMigrated)
      }
      return Store(path: path, queue: queue, mode: mode, paths: file.paths, unlocked: unlocked)
    } catch {
      throw StoreError(error, path: path)
    }
  }

  /// The paths of a database and of the files that SQLite keeps next to it, whether or not they exist.
  package static func files(at path: String) -> [String] { DatabaseFile(path).paths }

  /// A temporary store for results that are not kept: in memory, and in a file of SQLite's own if it grows large.
  ///
  /// It disappears when it is closed or the process ends in any way (https://www.sqlite.org/inmemorydb.html#temp_db).
  package static func temporary() throws(StoreError) -> Store {
    let name = "(temporary)"
    do {
      let queue = try DatabaseQueue(path: "", configuration: configuration("streetnum.store.temporary"))
      try Schema.migrator.migrate(queue)
      return Store(path: name, queue: queue, mode: .write, paths: [], unlocked: nil)
    } catch {
      throw StoreError(error, path: name)
    }
  }

  private static func configuration(_ label: String) -> Configuration {
    var configuration = Configuration()
    configuration.label = label
    configuration.prepareDatabase { db in
      db.add(function: composed)
      db.add(function: metres)
    }
    return configuration
  }

  private init(path: String, queue: DatabaseQueue, mode: Mode, paths: [String], unlocked: UnlockedFile?) {
    self.path = path
    self.queue = queue
    self.mode = mode
    self.paths = paths
    self.unlocked = unlocked
  }

  /// Closes the connection; the last writer to close leaves a single file.
  ///
  /// A store that is not closed loses nothing, but may leave its write-ahead log behind.
  public func close() throws(StoreError) {
    try access {
      if mode == .write {
        // SQLite does this on the last close, too, but does not report errors then.
        do {
          try queue.writeWithoutTransaction { db in _ = try db.checkpoint(.passive) }
        } catch ResultCode.SQLITE_BUSY {
          // Another connection is checkpointing.
        }
        emptyLog()
      }
      try queue.close()
    }
  }

  /// Empties the log, unless another connection is reading from it, because the next process to open the database would
  /// take a remaining log for that of a run that died.
  private func emptyLog() {
    try? queue.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA busy_timeout = 0")
      _ = try db.checkpoint(.truncate)
    }
  }

  /// Runs a database access, and converts its errors.
  func access<Value>(_ body: () throws -> Value) throws(StoreError) -> Value {
    do {
      return try body()
    } catch {
      let failure = failure(error)
      guard unlocked == nil, failure.code == .busy, let other = otherRun() else { throw failure }
      throw .busy(path, other)
    }
  }

  /// Converts an error inside an access.
  package func failure(_ error: any Error) -> StoreError { unlocked?.change ?? StoreError(error, path: path) }

  /// Throws if what was read may not be from one snapshot.
  package func checkUnchanged() throws(StoreError) {
    if let change = unlocked?.change { throw change }
  }

  /// Reads in one transaction.
  func read<Value>(_ body: (Database) throws -> Value) throws(StoreError) -> Value {
    try access {
      let value = try queue.read(body)
      try checkUnchanged()
      return value
    }
  }

  /// Writes in one transaction, all or nothing.
  ///
  /// A durable transaction survives a power failure; otherwise it survives only the death of this process, and need not
  /// wait for the disk.
  func write<Value>(durably: Bool = true, _ body: (Database) throws -> Value) throws(StoreError) -> Value {
    try access {
      guard !durably else { return try queue.write(body) }
      return try queue.writeWithoutTransaction { db in
        try db.execute(sql: "PRAGMA synchronous = NORMAL")
        defer { try? db.execute(sql: "PRAGMA synchronous = FULL") }
        var value: Value?
        try db.inTransaction(.immediate) {
          value = try body(db)
          return .commit
        }
        guard let value else { preconditionFailure("a transaction that was committed has run") }
        return value
      }
    }
  }
}
