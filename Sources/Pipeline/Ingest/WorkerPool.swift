import Dispatch
import Synchronization

/// A fixed number of lanes for computation. Waiting jobs are in a list and do not occupy threads.
///
/// On Linux, a Dispatch pool whose threads block grows up to 255 threads, so nothing here blocks: each lane is a serial
/// queue that takes the next job when it has finished one.
final class WorkerPool: Sendable {
  typealias Job = @Sendable () -> Void

  private struct State {
    var idle: [DispatchQueue]
    var waiting: [Job] = []
  }

  private let state: Mutex<State>

  /// A pool with `width` lanes.
  init(width: Int) {
    state = Mutex(State(idle: (0..<width).map { DispatchQueue(label: "streetnum.worker.\($0)") }))
  }

  /// Runs the job as soon as a lane is free; returns immediately.
  func submit(_ job: @escaping Job) {
    let lane = state.withLock { state -> DispatchQueue? in
      guard let lane = state.idle.popLast() else {
        state.waiting.append(job)
        return nil
      }
      return lane
    }
    if let lane { run(job, on: lane) }
  }

  /// The number of idle lanes.
  var idle: Int { state.withLock { $0.idle.count } }

  private func run(_ job: @escaping Job, on lane: DispatchQueue) {
    lane.async { [self] in
      job()
      let next = state.withLock { state -> Job? in
        if state.waiting.isEmpty {
          state.idle.append(lane)
          return nil
        }
        return state.waiting.removeFirst()
      }
      if let next { run(next, on: lane) }
    }
  }
}
