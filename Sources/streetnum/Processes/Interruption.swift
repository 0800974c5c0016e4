import ArgumentParser
import Foundation
import Pipeline
import Synchronization

/// Turns SIGINT and SIGTERM into a stop sign for the work in progress, and ends the program where stopping takes too
/// long.
///
/// It must be made before any other thread: it blocks the signals in all threads, and one thread waits for them.
final class Interruption: Sendable {
  /// Raised by the first signal.
  let stop = StopSign()
  private let signal = Mutex<Int32?>(nil)
  private let listener = Mutex<(@Sendable () -> Void)?>(nil)

  /// Seconds that the work in progress may take to stop. After that the program ends as if killed, which loses no
  /// stored data.
  private static let grace = 3.0

  /// Throws where its thread can't be started; then no signal is blocked.
  init() throws(ShortageError) {
    var signals = sigset_t()
    sigemptyset(&signals)
    for number in [SIGINT, SIGTERM] { sigaddset(&signals, number) }
    pthread_sigmask(SIG_BLOCK, &signals, nil)
    let waited = signals
    do {
      try SystemThread { [self] in wait(for: waited) }.detach()
    } catch {
      pthread_sigmask(SIG_UNBLOCK, &signals, nil)
      throw error
    }
  }

  private func wait(for signals: sigset_t) {
    var (signals, number) = (signals, Int32(0))
    guard sigwait(&signals, &number) == 0 else { return }
    signal.withLock { $0 = number }
    stop.raise()
    listener.withLock { $0 }?()
    Thread.sleep(forTimeInterval: Interruption.grace)
    _exit(128 + number)
  }

  /// Calls `body` at the first signal, for work that can't check the stop sign; at once where the signal has come
  /// already.
  func whenRaised(_ body: @escaping @Sendable () -> Void) {
    listener.withLock { $0 = body }
    if stop.isRaised { body() }
  }

  /// The exit code for the signal; nil where none came.
  var exitCode: ExitCode? { signal.withLock { $0.map { ExitCode(128 + $0) } } }
}
