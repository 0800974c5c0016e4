import Foundation
import StreetCore

/// A process, told from any other one on this machine that had or will have the same number.
package struct ProcessIdentity: Sendable, Hashable {
  /// Its number, as its own namespace counts.
  package let number: Int
  /// The boot, the namespace and the tick at which it started, between slashes.
  package let mark: String

  init(number: Int, mark: String) { (self.number, self.mark) = (number, mark) }

  /// This process.
  package static let current: ProcessIdentity = {
    let number = Int(getpid())
    return ProcessIdentity(number: number, mark: world + (startTick(of: number) ?? "?"))
  }()

  /// Whether a process still is.
  package enum Life: Sendable {
    case alive, dead
    /// It belongs to another namespace of processes, such as a container's.
    case unknown
  }

  /// Looks whether the process still is; costs reading a line of /proc.
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

  /// When a process started, in ticks since boot; nil where there is none, or only what is left of one. proc_pid_stat(5): the
  /// name before it may hold anything, but is the last in round brackets.
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
