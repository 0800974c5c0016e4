import Foundation

/// The name of a temporary file in a folder, which other processes keep from deleting as leftover while this object
/// exists.
///
/// A lock on a second file shows that the first is in use, because closing any descriptor of a database would release
/// SQLite's own locks (https://www.sqlite.org/howtocorrupt.html, 2.2). Where locks are not supported, the age decides.
package final class PartialFile: Sendable {
  /// The prefix of temporary file names; hidden, so that no inbox reads them.
  package static let prefix = ".streetnum-partial-"
  private static let lockSuffix = ".lock"
  /// The minimum age of a leftover file, in seconds: a younger one may be about to be locked, or be in use without a
  /// lock.
  package static let minimumAge = 3600.0

  /// The path, at which no file exists yet.
  package let path: String
  /// The descriptor of the lock; negative if no file can be created in the folder, which whoever writes the file finds.
  private let lock: Int32

  /// Chooses a name and locks it.
  package init(in folder: String) {
    path = folder + "/" + Self.prefix + UUID().uuidString
    lock = open(path + Self.lockSuffix, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    // Whoever looks for leftovers may hold the lock for a moment.
    if lock >= 0 { while flock(lock, LOCK_EX) != 0, errno == EINTR {} }
  }

  /// Deletes the file if it has not been moved to its destination, and releases the name.
  deinit {
    unlink(path)
    guard lock >= 0 else { return }
    unlink(path + Self.lockSuffix)
    close(lock)
  }

  /// Deletes temporary files in a folder that have reached an age in seconds and that no process uses.
  package static func removeLeftovers(in folder: String, olderThan age: Double = minimumAge) {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    let partial = names.filter { $0.hasPrefix(prefix) }
    guard !partial.isEmpty, let clock = FileSystemClock(folder: folder) else { return }
    let identifier = UUID().uuidString.utf8.count
    for (stem, names) in Dictionary(grouping: partial, by: { $0.prefix(prefix.utf8.count + identifier) }) {
      let lock = open("\(folder)/\(stem)\(lockSuffix)", O_RDWR | O_CLOEXEC)
      // Another user's lock can't be tried.
      if lock < 0, errno != ENOENT { continue }
      defer { if lock >= 0 { close(lock) } }
      if lock >= 0, flock(lock, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK { continue }
      for path in names.map({ folder + "/" + $0 }) {
        if let status = try? FileStatus(path: path), clock.age(of: status) >= age { unlink(path) }
      }
    }
  }
}
