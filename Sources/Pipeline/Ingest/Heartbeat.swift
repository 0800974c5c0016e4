import Dispatch
import StreetLedger

/// Shows each second that a run moves, for as long as something takes that stores nothing.
final class Heartbeat: Sendable {
  private let store: Store
  private let isOver = StopSign()
  private let queue = DispatchQueue(label: "streetnum.heartbeat")

  /// Begins to beat.
  init(_ store: Store) {
    self.store = store
    schedule()
  }

  /// Ends it.
  func stop() { isOver.raise() }

  private func schedule() {
    queue.asyncAfter(deadline: .now() + 1) { [weak self] in
      guard let self, !isOver.isRaised else { return }
      // A store that takes nothing is found by what is stored next.
      try? store.beat()
      schedule()
    }
  }
}
