import Foundation

/// What goes to standard error, a whole line at a time.
enum Diagnostics {
  /// One line, with the program's name before it.
  static func line(_ text: String) { write("streetnum: \(printable(text))\n") }

  /// A text as it is.
  static func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }

  /// Whether standard error is a terminal, where a line can be drawn again and again.
  static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 && ProcessInfo.processInfo.environment["TERM"] != "dumb" }
}
