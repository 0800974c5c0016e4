import StreetLedger
import Synchronization

/// A pool of read connections to a database, one for each thread in use.
///
/// In SQLite's WAL mode, readers neither block the nightly job nor are blocked by it.
final class StorePool: Sendable {
  /// The path of the database.
  let path: String
  private let idle = Mutex<[Store]>([])

  /// A pool for the database at a path; connections are opened on demand.
  init(path: String) { self.path = path }

  /// Lends a connection to `body`.
  ///
  /// - Throws: The errors of `body`; `StoreError`.
  func read<Value>(_ body: (Store) throws -> Value) throws -> Value {
    let store = try idle.withLock({ $0.popLast() }) ?? Store.open(path: path, mode: .read)
    let result = Result { try body(store) }
    // A connection that failed is not used again, because the file may have been replaced.
    if case .failure(let error) = result, error is StoreError { return try result.get() }
    idle.withLock { $0.append(store) }
    return try result.get()
  }

  /// Closes the idle connections.
  func close() {
    let stores = idle.withLock { stores in
      defer { stores = [] }
      return stores
    }
    for store in stores { try? store.close() }
  }
}
