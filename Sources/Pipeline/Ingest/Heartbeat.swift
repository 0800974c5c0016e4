import Dispatch
import StreetLedger

/// Updates a run's heartbeat every second during work that stores nothing.
final class Heartbeat: Sendable {
  private let store: Store
  private let isOver = StopSign()
  private let queue = DispatchQueue(label: "streetnum.heartbeat")

  /// Starts the updates.
  init(_ store: Store) {
    self.store = store
    schedule()
  }

  /// Stops the updates.
  func stop() { isOver.raise() }

  private func schedule() {
    queue.asyncAfter(deadline: .now() + 1) { [weak self] in
      guard let self, !isOver.isRaised else { return }
      // An error is ignored here, because the next write will report it.
      try? store.beat()
      schedule()
    }
  }
}
