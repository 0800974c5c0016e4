import Dispatch
import GRDB
import Synchronization

extension Store {
  /// Reads in one transaction within a time limit in seconds; nil for no limit. Throws `store.time_limit` when it is
  /// exceeded.
  func read<Value>(within seconds: Double?, _ body: (Database) throws -> Value) throws(StoreError) -> Value {
    guard let seconds else { return try read(body) }
    return try read { db in
      let isOver = Mutex(false)
      let interruption = DispatchWorkItem { [queue] in
        isOver.withLock { isOver in if !isOver { queue.interrupt() } }
      }
      DispatchQueue.global(qos: .userInitiated).asyncAfter(deadline: .now() + seconds, execute: interruption)
      // The next query on this connection must not be interrupted.
      defer {
        isOver.withLock { $0 = true }
        interruption.cancel()
      }
      return try body(db)
    }
  }
}
