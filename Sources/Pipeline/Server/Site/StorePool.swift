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
  /// - Throws: What `body` throws; `server.timed_out`; `StoreError`.
  func read<Value>(patience: Double = StorePool.patience, _ body: (Store) throws -> Value) throws -> Value {
    let store = try idle.withLock({ $0.popLast() }) ?? Store.open(path: path, mode: .read)
    let watch = StatementWatch(store, seconds: patience)
    defer { watch.end() }
    do {
      let value = try body(store)
      idle.withLock { $0.append(store) }
      return value
    } catch {
      // What failed once, as a file that was put in another's place, is opened anew.
      if watch.hasStopped { throw WebError.timedOut }
      throw error
    }
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
  private enum State { case running, stopped, ended }
  private let state = Mutex(State.running)

  init(_ store: Store, seconds: Double) {
    DispatchQueue.global().asyncAfter(deadline: .now() + seconds) { [self] in
      state.withLock { state in
        guard state == .running else { return }
        state = .stopped
        store.interrupt()
      }
    }
  }

  /// Whether it came to that.
  var hasStopped: Bool { state.withLock { $0 == .stopped } }

  /// Nothing is stopped from now on.
  func end() { state.withLock { state in state = state == .running ? .ended : state } }
}
