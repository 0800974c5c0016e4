import Dispatch
import StreetLedger
import Synchronization

/// Connections that read a database, one for each thread that works at once, and the time that each use may take.
///
/// Readers of SQLite's write-ahead log neither block the nightly job nor are blocked by it.
final class StorePool: Sendable {
  /// The database.
  let path: String
  private let idle = Mutex<[Store]>([])

  /// Seconds that the statements of a request may take.
  static let patience = 5.0

  /// Connections to the database at a path, opened when they are needed.
  init(path: String) { self.path = path }

  /// Lends a connection to `body`, which is stopped where it takes too long.
  ///
  /// - Throws: What `body` throws; `StoreError`, `store.time_limit` among them.
  func read<Value>(patience: Double = StorePool.patience, _ body: (Store) throws -> Value) throws -> Value {
    let store = try idle.withLock({ $0.popLast() }) ?? Store.open(path: path, mode: .read)
    let watch = StatementWatch(store, seconds: patience)
    let result = Result { try body(store) }
    watch.end()
    // One that failed, as where another file was put in its place, is not lent again.
    if case .failure(let error) = result, error is StoreError { return try result.get() }
    idle.withLock { $0.append(store) }
    return try result.get()
  }

  /// Closes the connections that nobody uses.
  func close() {
    let stores = idle.withLock { stores in
      defer { stores = [] }
      return stores
    }
    for store in stores { try? store.close() }
  }
}

/// Stops the statement that a connection runs after a time.
private final class StatementWatch: Sendable {
  private let isRunning = Mutex(true)

  init(_ store: Store, seconds: Double) {
    DispatchQueue.global().asyncAfter(deadline: .now() + seconds) { [self] in
      isRunning.withLock { if $0 { store.interrupt() } }
    }
  }

  /// Nothing is stopped from now on.
  func end() { isRunning.withLock { $0 = false } }
}
