import ArgumentParser
import Foundation

/// Standard output, written in large pieces.
final class StandardOutput {
  private var pending: [UInt8] = []

  /// Writes a text, now or later.
  func write(_ text: String) throws {
    pending.append(contentsOf: text.utf8)
    if pending.count >= 1 << 16 { try flush() }
  }

  /// Writes what is still held back; the last thing that a command does with its output.
  func flush() throws {
    var rest = pending[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { Foundation.write(STDOUT_FILENO, $0.baseAddress, $0.count) }
      if written >= 0 {
        rest = rest.dropFirst(written)
      } else if errno == EPIPE {
        throw OutputError.closed
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
  /// It can't be written, as the system says.
  case failed(String)

  var summary: String {
    switch self {
    case .closed: "standard output: was closed by its reader"
    case .failed(let why): "standard output: \(why); look at the disk it goes to"
    }
  }

  var exitCode: ExitCode { .inputOutput }
}
