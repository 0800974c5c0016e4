import StreetCore

/// A database that is read without a lock, because this user can't set one; detects whether it changed during reading.
///
/// A write changes the file's size or time. If the file is replaced, the open one stays unchanged.
struct UnlockedFile {
  private let path: String
  private let before: FileStatus

  init(_ file: DatabaseFile) throws(FileError) {
    path = file.path
    before = try FileStatus(following: file.plainPath)
  }

  /// Whether it is still the same file and unchanged.
  var isUntouched: Bool {
    guard let now = try? FileStatus(following: DatabaseFile(path).plainPath) else { return false }
    return now.isUntouched(since: before)
  }

  /// The error if the file has changed during reading; nil if it has not.
  var change: StoreError? {
    guard let now = try? FileStatus(following: DatabaseFile(path).plainPath), now.isSameFile(as: before),
      !now.isUnchanged(since: before)
    else { return nil }
    return StoreError(
      code: .busy,
      message: "database \(path): was written to while it was read, and this user may not lock it; run again when that "
        + "has ended, or give this user the right to write to its folder", path: path)
  }
}
