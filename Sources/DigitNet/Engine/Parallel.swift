import Dispatch
import Synchronization

/// The results of `body` for each index below `count`, in order, computed on `threads` threads. Each thread takes the
/// next index when it has finished one. The calling thread is one of them and waits for the others only at the end.
package func parallel<Result: Sendable>(
  _ count: Int, threads: Int, _ body: @Sendable (Int) -> Result
) -> [Result] {
  guard threads > 1, count > 1 else { return (0..<count).map(body) }
  let next = Atomic(0)
  let results = Mutex<[Result?]>(Array(repeating: nil, count: count))
  DispatchQueue.concurrentPerform(iterations: min(threads, count)) { _ in
    while true {
      let i = next.wrappingAdd(1, ordering: .relaxed).oldValue
      guard i < count else { return }
      let result = body(i)
      results.withLock { $0[i] = result }
    }
  }
  return results.withLock { $0.compactMap(\.self) }
}
