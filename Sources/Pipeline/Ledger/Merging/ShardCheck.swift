import Dispatch
import Synchronization

/// The check of a shard on a thread of its own, so that another shard can be taken over meanwhile.
package final class ShardCheck: Sendable {
  /// What is checked.
  package let shard: Shard
  private let queue = DispatchQueue(label: "streetnum.shard.check")
  private let failure = Mutex<StoreError?>(nil)

  /// Begins a check. Costs memory for the shard's pages until it has ended, 256 MiB at most.
  package init(_ shard: Shard) {
    self.shard = shard
    queue.async { [self] in
      do throws(StoreError) {
        try shard.check()
      } catch {
        failure.withLock { $0 = error }
      }
    }
  }

  /// Waits for the end of the check; throws where the shard is refused.
  func end() throws(StoreError) {
    queue.sync {}
    if let error = failure.withLock({ $0 }) { throw error }
  }
}
