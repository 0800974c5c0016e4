import ArgumentParser
import Foundation
import Pipeline

/// Standard output, written in large pieces.
final class StandardOutput {
  /// Puts something in the place of each standard stream that the program was started without, so that no file which is opened
  /// later is taken for it and written to. Reading from what stands in for standard input, and writing to the others, fails.
  static func guardStreams() {
    for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) < 0 {
      // The lowest number that is free is this one: those below are open.
      _ = open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY)
    }
  }

  private var pending: [UInt8] = []

  /// Writes a text, now or later.
  func write(_ text: String) throws {
    pending.append(contentsOf: text.utf8)
    if pending.count >= 1 << 16 { try flush() }
  }

  /// Writes a text for people, whose lines are broken at spaces where they are longer than the terminal is wide.
  func say(_ text: String) throws { try write(TerminalWidth.output.map { wrapped(text, to: $0) } ?? text) }

  /// Writes what is still held back; the last thing that a command does with its output.
  func flush() throws {
    var rest = pending[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { Foundation.write(STDOUT_FILENO, $0.baseAddress, $0.count) }
      if written >= 0 {
        rest = rest.dropFirst(written)
      } else if errno == EPIPE {
        throw OutputError.closed
      } else if errno == EBADF {
        throw OutputError.missing
      } else if errno != EINTR {
        throw OutputError.failed(String(cString: strerror(errno)))
      }
    }
    pending.removeAll(keepingCapacity: true)
  }
}

/// Why standard output takes no more.
enum OutputError: Reportable {
  /// Whoever read it has stopped.
  case closed
  /// The program was started without one.
  case missing
  /// It can't be written, as the system says.
  case failed(String)

  /// Whether nobody can miss what is written there.
  var hasNoReader: Bool {
    switch self {
    case .closed, .missing: true
    case .failed: false
    }
  }

  var summary: String {
    switch self {
    case .closed: "standard output: closed by its reader"
    case .missing: "standard output: is closed; redirect it to a file or a pipe"
    case .failed(let why): "standard output: \(why); check the disk that it goes to"
    }
  }

  var exitCode: ExitCode { .inputOutput }
}
