import Foundation

/// The clock by which a file system dates its files: another machine's, where the folder is a file server's.
///
/// It is asked once, by a file without a name or a hidden one that is gone at once; from then on this machine counts the time
/// that passes, which no setting of a clock changes.
package struct FileSystemClock: Sendable {
  /// The file system's time when it was asked, in nanoseconds since 1970.
  private let asked: Int
  private let since = ContinuousClock.now

  /// Asks for the time in a folder; nil where no file can be made there.
  package init?(folder: String) {
    let name = folder + "/" + FileReplacement.partial + UUID().uuidString
    // Not every file system has files without a name.
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

  /// This machine's own clock: all that there is where the folder's can't be asked.
  package static var local: FileSystemClock { FileSystemClock(asked: Int(Date().timeIntervalSince1970 * 1e9)) }

  /// O_TMPFILE of open(2), which the headers give to C alone.
  private static let withoutName = 0o20_000_000 | O_DIRECTORY

  /// Seconds since anything about a file last changed; negative where that is dated ahead of the clock.
  package func age(of status: FileStatus) -> Double {
    Double(asked &- status.touched) / 1e9 + since.duration(to: .now) / .seconds(1)
  }
}
