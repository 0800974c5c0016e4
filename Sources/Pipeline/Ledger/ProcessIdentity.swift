import Foundation
import StreetCore

/// The identity of a process, which distinguishes it from earlier and later processes on this machine with the same
/// process id.
package struct ProcessIdentity: Sendable, Hashable {
  /// The process id in its own namespace.
  package let number: Int
  /// The boot id, the namespace and the start tick, separated by slashes.
  package let mark: String

  init(number: Int, mark: String) { (self.number, self.mark) = (number, mark) }

  /// This process.
  package static let current: ProcessIdentity = {
    let number = Int(getpid())
    return ProcessIdentity(number: number, mark: world + (startTick(of: number) ?? "?"))
  }()

  /// Whether a process is running.
  package enum Life: Sendable {
    case alive, dead
    /// The process belongs to another process namespace, such as a container's.
    case unknown
  }

  /// Checks whether the process is running; costs reading a line of /proc.
  package var life: Life {
    let parts = mark.split(separator: "/", omittingEmptySubsequences: false)
    let own = ProcessIdentity.world.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0] == own[0] else { return .dead }
    guard parts[1] == own[1] else { return .unknown }
    return ProcessIdentity.startTick(of: number) == String(parts[2]) ? .alive : .dead
  }

  private static let world: String = {
    let boot = text("/proc/sys/kernel/random/boot_id") ?? "?"
    let namespace = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/ns/pid")) ?? "?"
    return "\(boot)/\(namespace.filter(\.isNumber))/"
  }()

  /// The time at which a process started, in ticks since boot; nil if it does not exist or is a zombie. In the line of
  /// proc_pid_stat(5), the process name may contain anything, but ends at the last closing parenthesis.
  private static func startTick(of number: Int) -> String? {
    guard let line = text("/proc/\(number)/stat"), let end = line.lastIndex(of: ")") else { return nil }
    let fields = line[end...].dropFirst(2).split(separator: " ")
    guard fields.count > 19, !["Z", "X"].contains(fields[0]) else { return nil }
    return String(fields[19])
  }

  private static func text(_ path: String) -> String? {
    guard let bytes = try? File(path: Array(path.utf8)).read(upTo: 4096) else { return nil }
    return String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
