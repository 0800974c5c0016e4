import GRDB
import Synchronization

/// A database of sources, their members and the house numbers read from them: one SQLite file.
///
/// A store is one connection, whose accesses wait for each other; other connections, in this process or
/// another, may read meanwhile, and writers take turns.
public final class Store: Sendable {
  /// What a store is opened for.
  public enum Mode: Sendable {
    /// Creates the file where it is missing and brings an older schema up to date.
    case write
    /// Changes nothing, creates nothing, and works where nothing may be written.
    case read
  }

  /// The file, as it was named.
  public let path: String

  let queue: DatabaseQueue
  let run = Mutex<Int64?>(nil)
  private let mode: Mode
  /// The paths of the file and of what SQLite keeps beside it; none of a temporary one.
  package let paths: [String]
  /// The file, where nothing locks it while it is read.
  private let unlocked: UnlockedFile?

  /// The store in the file at `path`.
  ///
  /// Takes milliseconds, whatever the size, unless the pages are checked.
  ///
  /// - Parameters:
  ///   - busyTimeout: Seconds to wait for another writer, here and in each later access.
  ///   - check: When all pages are checked; reading alone never does.
  /// - Throws: `store.missing` (reading only), `store.not_a_database`, `store.newer_schema`,
  ///   `store.older_schema` (reading only), `store.cannot_create`, `store.permission`, `store.busy`,
  ///   `store.full`, `store.io`, `store.damaged`.
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

  /// The paths that a database at a path has or would have, and those of what SQLite keeps beside it.
  package static func files(at path: String) -> [String] { DatabaseFile(path).paths }

  /// A store without a name, for results that nobody keeps: in memory, and in a file of SQLite's own where it grows large.
  ///
  /// It is gone when it is closed and when the process ends, however that comes
  /// (https://www.sqlite.org/inmemorydb.html#temp_db).
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

  /// Ends the connection; the last writer to close leaves one file, with nothing beside it.
  ///
  /// A store that is not closed loses nothing, but may leave its write-ahead log to the next one.
  public func close() throws(StoreError) {
    try access {
      if mode == .write {
        // SQLite does this on the last close too, but then tells nobody when it fails.
        do {
          try queue.writeWithoutTransaction { db in _ = try db.checkpoint(.passive) }
        } catch ResultCode.SQLITE_BUSY {
          // Another connection is at it.
        }
        emptyLog()
      }
      try queue.close()
    }
  }

  /// Leaves no log to those who go on, unless one of them is reading from it: the next to open the database would take it for
  /// that of a run which did not come to its end.
  private func emptyLog() {
    try? queue.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA busy_timeout = 0")
      _ = try db.checkpoint(.truncate)
    }
  }

  /// Runs a database access, whose failures are this store's.
  func access<Value>(_ body: () throws -> Value) throws(StoreError) -> Value {
    do {
      return try body()
    } catch {
      let failure = failure(error)
      guard unlocked == nil, failure.code == .busy, let other = otherRun() else { throw failure }
      throw .busy(path, other)
    }
  }

  /// What an error inside an access stands for.
  package func failure(_ error: any Error) -> StoreError { unlocked?.change ?? StoreError(error, path: path) }

  /// Throws where what was read may not be of one moment.
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

  /// Changes what is stored, in one transaction, all or nothing.
  ///
  /// Durably it outlives a power cut; else only the death of this process, which costs no wait for the disk.
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
