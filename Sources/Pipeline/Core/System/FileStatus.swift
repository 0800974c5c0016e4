import Foundation

/// The identity of a file or folder, regardless of its name.
package struct FileIdentity: Hashable {
  fileprivate let device: UInt64
  fileprivate let inode: UInt64
}

/// The status of a file, without following symbolic links.
package struct FileStatus {
  /// The file's identity.
  package let identity: FileIdentity
  package let byteCount: Int
  /// The modification time in nanoseconds since 1970, modulo 2^64. It can be any value; only changes of it matter.
  package let modified: Int
  /// The time of the last status change (ctime), which users can't set, in nanoseconds since 1970, modulo 2^64.
  let touched: Int
  package let isRegular: Bool
  package let isFolder: Bool
  /// The permission bits.
  package let permissions: UInt32
  /// The number of hard links, if the file system counts them.
  package let linkCount: Int
  /// The owner and group.
  let owner: (user: uid_t, group: gid_t)

  /// Reads the status of a path.
  package init(path: [UInt8]) throws(FileError) {
    var status = stat()
    let name = path.map(CChar.init(bitPattern:)) + [0]
    try uninterrupted { lstat(name, &status) }
    byteCount = Int(status.st_size)
    modified = status.st_mtim.tv_sec &* 1_000_000_000 &+ status.st_mtim.tv_nsec
    touched = status.st_ctim.tv_sec &* 1_000_000_000 &+ status.st_ctim.tv_nsec
    isRegular = status.st_mode & S_IFMT == S_IFREG
    isFolder = status.st_mode & S_IFMT == S_IFDIR
    permissions = status.st_mode & 0o777
    linkCount = Int(status.st_nlink)
    owner = (status.st_uid, status.st_gid)
    identity = FileIdentity(device: UInt64(status.st_dev), inode: UInt64(status.st_ino))
  }
}

extension FileStatus {
  /// Reads the status of a path given as text.
  package init(path: String) throws(FileError) { try self.init(path: Array(path.utf8)) }

  /// Reads the status of a file, following symbolic links.
  package init(following path: String) throws(FileError) { try self.init(path: try realPath(path)) }

  /// Whether both are the same file, regardless of name.
  package func isSameFile(as other: FileStatus) -> Bool { identity == other.identity }

  /// Whether both are the same file with the same size and modification time.
  package func isUnchanged(since other: FileStatus) -> Bool {
    isSameFile(as: other) && byteCount == other.byteCount && modified == other.modified
  }

  /// Whether the file is unchanged and its status is too.
  package func isUntouched(since other: FileStatus) -> Bool { isUnchanged(since: other) && touched == other.touched }
}
