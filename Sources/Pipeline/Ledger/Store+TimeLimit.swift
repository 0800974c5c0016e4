import Dispatch
import GRDB
import Synchronization

extension Store {
  /// Reads in one transaction, for some seconds at most; nil for as long as it takes. Throws `store.time_limit` when they are over.
  func read<Value>(within seconds: Double?, _ body: (Database) throws -> Value) throws(StoreError) -> Value {
    guard let seconds else { return try read(body) }
    return try read { db in
      let isOver = Mutex(false)
      let interruption = DispatchWorkItem { [queue] in
        isOver.withLock { isOver in if !isOver { queue.interrupt() } }
      }
      DispatchQueue.global(qos: .userInitiated).asyncAfter(deadline: .now() + seconds, execute: interruption)
      // What is asked next on this connection must not be interrupted.
      defer {
        isOver.withLock { $0 = true }
        interruption.cancel()
      }
      return try body(db)
    }
  }
}
