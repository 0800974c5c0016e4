import ArgumentParser
import DigitNet
import Foundation
import Pipeline

/// Checks free space and the kind of the file systems that hold the database and temporary files.
struct DiskCheck {
  let database: String

  /// The free bytes below which a run soon ends with exit code 74.
  private static let least = 64 << 20
  /// Types of file systems on which SQLite's write-ahead log does not work.
  private static let remote: Set = ["nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs"]

  /// Runs the checks.
  func run(_ diagnosis: inout Diagnosis) {
    let folder = URL(fileURLWithPath: database).deletingLastPathComponent().path
    checkSpace(in: folder, for: "the database", needed: 2 * databaseBytes, &diagnosis)
    let environment = ProcessInfo.processInfo.environment
    let temporary = environment["SQLITE_TMPDIR"] ?? environment["TMPDIR"] ?? "/tmp"
    do throws(FileError) {
      try Pipeline.checkAccess(temporary, W_OK | X_OK)
      checkSpace(in: temporary, for: "temporary files", needed: databaseBytes, &diagnosis)
    } catch {
      diagnosis.fault(
        "disk", "the folder for temporary files, \(temporary), can't be written (\(error.message)); set TMPDIR",
        .permission)
    }
  }

  private var databaseBytes: Int { (try? FileStatus(following: database).byteCount) ?? 0 }

  private func checkSpace(in folder: String, for what: String, needed: Int, _ diagnosis: inout Diagnosis) {
    var system = statvfs()
    guard statvfs(folder, &system) == 0 else { return }  // A missing folder is reported with the permissions.
    if what == "the database", let type = Self.type(of: folder), Self.remote.contains(type) {
      diagnosis.warning(
        "disk", "\(folder) lies on a network file system (\(type)), where the database may be damaged; use a local disk"
      )
    }
    // Some network file systems state more bytes than an Int holds.
    let free = [Int(clamping: system.f_bavail), Int(clamping: system.f_frsize)].saturatingProduct
    let text = "\(free >> 20) MiB are free for \(what) in \(folder)"
    if free < Self.least {
      diagnosis.fault("disk", "\(text); free some space", .inputOutput)
    } else if free < needed {
      diagnosis.warning("disk", "\(text); `forget` and `prune` need \(needed >> 20) MiB to rewrite the database")
    } else {
      diagnosis.ok("disk", text)
    }
  }

  /// The type of the file system that contains a folder: that of the mount with the longest matching path
  /// (proc_pid_mountinfo(5)).
  private static func type(of folder: String) -> String? {
    guard let path = try? realPath(folder),
      // Foundation reads at most the first 4 KiB of such a file.
      let bytes = try? File(path: Array("/proc/self/mountinfo".utf8)).read(upTo: 1 << 22)
    else { return nil }
    let mounts = String(decoding: bytes, as: UTF8.self).split(separator: "\n").compactMap {
      line -> (point: Substring, type: Substring)? in
      let fields = line.split(separator: " ")
      guard fields.count > 6, let dash = fields.firstIndex(of: "-"), dash + 1 < fields.count else { return nil }
      return (fields[4], fields[dash + 1])
    }
    return mounts.filter { path == $0.point || path.hasPrefix($0.point == "/" ? "/" : $0.point + "/") }
      .max { $0.point.utf8.count < $1.point.utf8.count }.map { String($0.type) }
  }
}
