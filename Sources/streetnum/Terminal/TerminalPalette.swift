import Foundation

/// The colours of standard output: only on a terminal, and never with `NO_COLOR` (https://no-color.org) or `TERM=dumb`.
struct TerminalPalette {
  /// A colour, as the number of its ANSI escape sequence.
  enum Colour: Int {
    case red = 31
    case green = 32
    case yellow = 33
  }

  private let isOn: Bool

  /// Makes the palette for standard output.
  init() {
    let environment = ProcessInfo.processInfo.environment
    isOn =
      isatty(STDOUT_FILENO) == 1 && (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
  }

  /// A text in a colour, or unchanged where there are none.
  func paint(_ text: String, _ colour: Colour) -> String {
    isOn ? "\u{1B}[\(colour.rawValue)m\(text)\u{1B}[0m" : text
  }
}
