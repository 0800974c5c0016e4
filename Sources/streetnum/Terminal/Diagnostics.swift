import Foundation
import Pipeline

/// Standard error, one whole line at a time.
enum Diagnostics {
  /// Writes one line with the program's name before it.
  static func line(_ text: String) { write(broken("streetnum: \(printable(text))") + "\n") }

  /// Breaks a line at spaces where it is longer than the terminal is wide.
  static func broken(_ line: String) -> String { TerminalWidth.errors.map { wrapped(line, to: $0) } ?? line }

  /// Writes a text unchanged. A failure is ignored, because there is no other place to report it.
  static func write(_ text: String) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { Foundation.write(STDERR_FILENO, $0.baseAddress, $0.count) }
      guard written > 0 || errno == EINTR else { return }
      rest = rest.dropFirst(max(written, 0))
    }
  }

  /// Whether standard error is a terminal on which a line can be redrawn.
  static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 && ProcessInfo.processInfo.environment["TERM"] != "dumb" }
}
