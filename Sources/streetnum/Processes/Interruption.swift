import ArgumentParser
import Foundation
import Pipeline
import Synchronization

/// Turns SIGINT and SIGTERM into a stop sign for the work in hand, and ends the program where that takes too long.
///
/// Made before any other thread is: the signals are blocked in all threads, and one waits for them.
final class Interruption: Sendable {
  /// Raised by the first signal.
  let stop = StopSign()
  private let signal = Mutex<Int32?>(nil)
  private let listener = Mutex<(@Sendable () -> Void)?>(nil)

  /// Seconds that what is in hand may take; then the program ends as if it were killed, which loses nothing that is stored.
  private static let grace = 3.0

  /// Throws where no thread can be had for it: then no signal is blocked.
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

  /// Has `body` told of the first signal, for what can't look at the stop sign; at once where it has come.
  func whenRaised(_ body: @escaping @Sendable () -> Void) {
    listener.withLock { $0 = body }
    if stop.isRaised { body() }
  }

  /// What the program's exit says of the signal; nil where none came.
  var exitCode: ExitCode? { signal.withLock { $0.map { ExitCode(128 + $0) } } }
}
