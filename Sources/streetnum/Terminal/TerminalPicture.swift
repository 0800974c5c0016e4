import Foundation

/// The protocol by which a terminal shows pictures inline.
enum TerminalPicture {
  /// Kitty's graphics protocol (https://sw.kovidgoyal.net/kitty/graphics-protocol/).
  case kitty
  /// iTerm2's inline images (https://iterm2.com/documentation-images.html).
  case iTerm2

  /// The protocol of the terminal on standard output; nil where it has none, or standard output is no terminal.
  static var current: TerminalPicture? {
    guard isatty(STDOUT_FILENO) == 1 else { return nil }
    let environment = ProcessInfo.processInfo.environment
    let (terminal, program) = (environment["TERM"] ?? "", environment["TERM_PROGRAM"] ?? "")
    // Terminal multiplexers do not pass pictures on.
    if terminal.hasPrefix("screen") || terminal.hasPrefix("tmux") { return nil }
    if terminal == "xterm-kitty" || terminal == "xterm-ghostty" || environment["KITTY_WINDOW_ID"] != nil {
      return .kitty
    }
    if ["iTerm.app", "WezTerm"].contains(program) || environment["LC_TERMINAL"] == "iTerm2" { return .iTerm2 }
    return nil
  }

  /// The largest count of characters in a piece of kitty's protocol.
  private static let piece = 4096

  /// The text that shows a PNG file when it is written to the terminal.
  func text(of png: [UInt8]) -> String {
    let coded = Data(png).base64EncodedString()
    switch self {
    case .iTerm2: return "\u{1B}]1337;File=inline=1;size=\(png.count):\(coded)\u{7}\n"
    case .kitty:
      var (rest, text) = (Substring(coded), "")
      while !rest.isEmpty {
        let part = rest.prefix(Self.piece)
        rest = rest.dropFirst(Self.piece)
        text += "\u{1B}_G\(text.isEmpty ? "a=T,f=100," : "")m=\(rest.isEmpty ? 0 : 1);\(part)\u{1B}\\"
      }
      return text + "\n"
    }
  }
}
