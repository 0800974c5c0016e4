import Foundation

/// The width of the user's terminal, in columns.
enum TerminalWidth {
  /// The width of standard output: `COLUMNS`, or else its terminal's width; nil where it is no terminal, so that lines
  /// may have any length.
  static var output: Int? { asked ?? size(of: STDOUT_FILENO) }

  /// The width of standard error where it is a terminal; elsewhere a message is one line.
  static var errors: Int? { size(of: STDERR_FILENO).map { asked ?? $0 } }

  /// The value of `COLUMNS` at its first use; help changes it later.
  private static let asked = ProcessInfo.processInfo.environment["COLUMNS"].flatMap { Int($0) }.flatMap {
    $0 > 0 ? $0 : nil
  }

  private static func size(of descriptor: Int32) -> Int? {
    var size = winsize()
    return ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? Int(size.ws_col) : nil
  }
}
