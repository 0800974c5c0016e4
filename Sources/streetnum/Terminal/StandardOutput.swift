import ArgumentParser
import Foundation
import Pipeline

/// Standard output, written in large pieces.
final class StandardOutput {
  /// Opens a substitute for each standard stream that the program was started without. Otherwise a file that is opened
  /// later would get the stream's descriptor and be written to. Reading the substitute of standard input and writing
  /// the others fails.
  static func guardStreams() {
    for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) < 0 {
      // open returns the lowest free descriptor, which is this one: those below are open.
      _ = open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY)
    }
  }

  private var pending: [UInt8] = []

  /// Writes a text, now or at the next flush.
  func write(_ text: String) throws {
    pending.append(contentsOf: text.utf8)
    if pending.count >= 1 << 16 { try flush() }
  }

  /// Writes a text for people; lines that are longer than the terminal is wide are broken at spaces.
  func say(_ text: String) throws { try write(TerminalWidth.output.map { wrapped(text, to: $0) } ?? text) }

  /// Writes the buffered text; the last call of a command.
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

/// The error for standard output that can't be written.
enum OutputError: Reportable {
  /// The reader has closed it.
  case closed
  /// The program was started without standard output.
  case missing
  /// The system's error message.
  case failed(String)

  /// Whether the output has no reader who could miss it.
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
