import Foundation

/// How many columns the terminal has that people read on.
enum TerminalWidth {
  /// Of standard output: what COLUMNS says, else its terminal; nil where it is no terminal, and lines may have any length.
  static var output: Int? { asked ?? size(of: STDOUT_FILENO) }

  /// Of standard error, if that is a terminal: elsewhere a message is one line.
  static var errors: Int? { size(of: STDERR_FILENO).map { asked ?? $0 } }

  /// What COLUMNS said when it was first asked for: it is changed for the help.
  private static let asked = ProcessInfo.processInfo.environment["COLUMNS"].flatMap { Int($0) }.flatMap {
    $0 > 0 ? $0 : nil
  }

  private static func size(of descriptor: Int32) -> Int? {
    var size = winsize()
    return ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? Int(size.ws_col) : nil
  }
}
