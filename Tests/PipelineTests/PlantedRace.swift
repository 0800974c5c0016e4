import Dispatch
import Foundation
import Testing

/// A race for ThreadSanitizer to find: its silence about the other tests means something only where it isn't silent about this.
@Suite("Planted race", .enabled(if: ProcessInfo.processInfo.environment["STREETNUM_PLANTED_RACE"] == "1"))
struct PlantedRace {
  /// A plain variable that threads share.
  private final class Count: @unchecked Sendable {
    var value = 0
  }

  @Test("Two threads count without a lock")
  func race() {
    let count = Count()
    let ended = DispatchSemaphore(value: 0)
    for _ in 0..<2 {
      Thread.detachNewThread {
        count.value += 1
        ended.signal()
      }
    }
    for _ in 0..<2 { ended.wait() }
    #expect((1...2).contains(count.value))
  }
}
