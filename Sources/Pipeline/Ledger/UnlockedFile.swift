import StreetCore

/// A database that is read without a lock, because this user can't set one: whether what was read was of one moment.
///
/// A write shows in the file's size or time. A file that has taken its place is another one, and this one stays as it was.
struct UnlockedFile {
  private let path: String
  private let before: FileStatus

  init(_ file: DatabaseFile) throws(FileError) {
    path = file.path
    before = try FileStatus(following: file.plainPath)
  }

  /// Whether it is still the same file, and nothing about it was changed.
  var isUntouched: Bool {
    guard let now = try? FileStatus(following: DatabaseFile(path).plainPath) else { return false }
    return now.isUntouched(since: before)
  }

  /// The error that stands for what was read, where the file is no longer what it was; nil where it is.
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
