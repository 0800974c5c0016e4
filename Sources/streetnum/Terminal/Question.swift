import Foundation
import Pipeline

/// A question on the terminal before an action that can't be undone.
enum Question {
  /// Whether standard input and standard error are terminals.
  static var canBeAsked: Bool { isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1 }

  /// Asks and waits for a line. Only "y" and "yes" agree; a signal while waiting does not.
  static func isAgreed(_ question: String, stop: StopSign) -> Bool {
    Diagnostics.write(Diagnostics.broken("\(printable(question)) [y/N]") + " ")
    var input = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
    while poll(&input, 1, 100) == 0 {
      if stop.isRaised { return false }
    }
    return ["y", "yes"].contains(readLine()?.lowercased())
  }
}
