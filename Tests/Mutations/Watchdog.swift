import Foundation
import Synchronization

/// Ends the program when one mutant takes too long: a thread that waits for a lock can't say so itself.
final class Watchdog: Sendable {
  /// The mutant at work.
  private struct Watched {
    var name: String
    var deadline: ContinuousClock.Instant
  }

  private let limit: Duration
  private let watched = Mutex<Watched?>(nil)

  /// Watches from now on.
  init(seconds: Int) {
    limit = .seconds(seconds)
    Thread.detachNewThread { [self] in
      while true {
        Thread.sleep(forTimeInterval: 0.5)
        if let now = watched.withLock({ $0 }), now.deadline < .now { fail("\(now.name) takes more than \(limit)") }
      }
    }
  }

  /// The next mutant, which ends the one before.
  func begin(_ name: String) { watched.withLock { $0 = Watched(name: name, deadline: .now + limit) } }

  /// The last mutant has ended.
  func end() { watched.withLock { $0 = nil } }
}
