import Dispatch
import Synchronization

/// Checks a shard on a separate thread, so that another shard can be merged meanwhile.
package final class ShardCheck: Sendable {
  /// The shard to be checked.
  package let shard: Shard
  private let queue = DispatchQueue(label: "streetnum.shard.check")
  private let failure = Mutex<StoreError?>(nil)

  /// Starts the check. Needs memory for the shard's pages until it ends, at most 256 MiB.
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

  /// Waits for the end of the check; throws if the shard is rejected.
  func end() throws(StoreError) {
    queue.sync {}
    if let error = failure.withLock({ $0 }) { throw error }
  }
}
