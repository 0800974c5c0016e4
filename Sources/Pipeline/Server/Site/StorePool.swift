import StreetLedger
import Synchronization

/// Connections that read a database, one for each thread that works at once.
///
/// Readers of SQLite's write-ahead log neither block the nightly job nor are blocked by it.
final class StorePool: Sendable {
  /// The database.
  let path: String
  private let idle = Mutex<[Store]>([])

  /// Connections to the database at a path, opened when they are needed.
  init(path: String) { self.path = path }

  /// Lends a connection to `body`.
  ///
  /// - Throws: What `body` throws; `StoreError`.
  func read<Value>(_ body: (Store) throws -> Value) throws -> Value {
    let store = try idle.withLock({ $0.popLast() }) ?? Store.open(path: path, mode: .read)
    let result = Result { try body(store) }
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
