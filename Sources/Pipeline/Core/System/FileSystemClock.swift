import Foundation

/// The clock that a file system uses for timestamps: another machine's clock for a folder on a file server.
///
/// It is read once, from the timestamp of an unnamed file or of a hidden file that is deleted immediately. From then
/// on, this machine's monotonic clock counts the elapsed time, which changes of the system clock do not affect.
package struct FileSystemClock: Sendable {
  /// The file system's time when it was read, in nanoseconds since 1970.
  private let asked: Int
  private let since = ContinuousClock.now

  /// Reads the time in a folder; nil if no file can be created there.
  package init?(folder: String) {
    let name = folder + "/" + PartialFile.prefix + UUID().uuidString
    // Some file systems do not support unnamed files.
    var descriptor = open(folder, FileSystemClock.withoutName | O_WRONLY | O_CLOEXEC, 0o600)
    if descriptor < 0 {
      descriptor = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
      guard descriptor >= 0 else { return nil }
      unlink(name)
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return nil }
    asked = status.st_ctim.tv_sec &* 1_000_000_000 &+ status.st_ctim.tv_nsec
  }

  private init(asked: Int) { self.asked = asked }

  /// This machine's own clock, for use if the folder's clock can't be read.
  package static var local: FileSystemClock { FileSystemClock(asked: Int(Date().timeIntervalSince1970 * 1e9)) }

  /// O_TMPFILE of open(2), which the C headers do not export to Swift.
  private static let withoutName = 0o20_000_000 | O_DIRECTORY

  /// Seconds since a file's status last changed; negative if that time is in the future of this clock.
  package func age(of status: FileStatus) -> Double {
    Double(asked &- status.touched) / 1e9 + since.duration(to: .now) / .seconds(1)
  }
}
