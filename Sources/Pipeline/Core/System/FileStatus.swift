import Foundation

/// Which file or folder something is, by whatever name.
package struct FileIdentity: Hashable {
  fileprivate let device: UInt64
  fileprivate let inode: UInt64
}

/// What the system knows of a file, without following a link.
package struct FileStatus {
  /// Which file it is.
  package let identity: FileIdentity
  package let byteCount: Int
  /// In nanoseconds since 1970, modulo 2^64: a file's date can be any, and only its change matters.
  package let modified: Int
  /// When anything about it last changed, which nobody can set, in nanoseconds since 1970, modulo 2^64.
  let touched: Int
  package let isRegular: Bool
  package let isFolder: Bool
  /// Who may read, write and run it.
  package let permissions: UInt32
  /// How many names it has, where the file system counts them.
  package let linkCount: Int
  /// Who it belongs to.
  let owner: (user: uid_t, group: gid_t)

  /// Asks the system.
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
  /// Of a path that is text.
  package init(path: String) throws(FileError) { try self.init(path: Array(path.utf8)) }

  /// A file, or what a link leads to.
  package init(following path: String) throws(FileError) { try self.init(path: try realPath(path)) }

  /// Whether both are the same file, by whatever name.
  package func isSameFile(as other: FileStatus) -> Bool { identity == other.identity }

  /// Whether both are the same file, and it was not written to in between.
  package func isUnchanged(since other: FileStatus) -> Bool {
    isSameFile(as: other) && byteCount == other.byteCount && modified == other.modified
  }

  /// The same, and nothing else about it was changed.
  package func isUntouched(since other: FileStatus) -> Bool { isUnchanged(since: other) && touched == other.touched }
}
