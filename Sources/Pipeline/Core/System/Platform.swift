package import Foundation

/// What the system said when it refused: an errno.
package struct FileError: Error, Hashable {
  package let number: Int32

  package init(number: Int32) { self.number = number }

  /// The system's own words.
  package var message: String { String(cString: strerror(number)) }

  /// Whether the system has no more of something now: descriptors, processes, memory. It says nothing of the file.
  package var isShortage: Bool { [EMFILE, ENFILE, ENOMEM, ENOBUFS, EAGAIN].contains(number) }
}

/// Tries a system call again while it is interrupted; throws what it refuses with.
@discardableResult
package func uninterrupted<Value: SignedInteger>(_ call: () -> Value) throws(FileError) -> Value {
  while true {
    let value = call()
    if value >= 0 { return value }
    if errno != EINTR { throw FileError(number: errno) }
  }
}

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
  package let permissions: mode_t
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

/// The path without links, dots or a trailing slash.
package func realPath(_ path: String) throws(FileError) -> String {
  guard let resolved = realpath(path, nil) else { throw FileError(number: errno) }
  defer { free(resolved) }
  return String(cString: resolved)
}

/// The path that a file has or would have without links: where a link leads to nothing, the path of what it names.
///
/// The folder must be there.
package func destination(of path: String) throws(FileError) -> String {
  var path = path
  // As many links as Linux follows (path_resolution(7)).
  for _ in 0..<40 {
    do throws(FileError) {
      return try realPath(path)
    } catch  where error.number == ENOENT {
      let url = URL(fileURLWithPath: path)
      guard let target = try? FileManager.default.destinationOfSymbolicLink(atPath: path) else {
        return try realPath(url.deletingLastPathComponent().path) + "/" + url.lastPathComponent
      }
      path = target.hasPrefix("/") ? target : url.deletingLastPathComponent().path + "/" + target
    }
  }
  throw FileError(number: ELOOP)
}

/// Whether two paths lead to the same file or folder, or would if it were made: links, hard links and bind mounts count.
package func leadToSameFile(_ one: String, _ other: String) -> Bool {
  guard let (one, other) = try? (destination(of: one), destination(of: other)) else { return false }
  if let (one, other) = try? (FileStatus(path: one), FileStatus(path: other)) { return one.isSameFile(as: other) }
  let (first, second) = (URL(fileURLWithPath: one), URL(fileURLWithPath: other))
  let folders = [first, second].compactMap { try? FileStatus(path: $0.deletingLastPathComponent().path) }
  return folders.count == 2 && folders[0].isSameFile(as: folders[1])
    && first.lastPathComponent.utf8.elementsEqual(second.lastPathComponent.utf8)
}

/// Makes a folder with all that it lies in, where it is missing.
package func makeFolder(_ path: String) throws(FileError) {
  do throws(FileError) {
    try uninterrupted { mkdir(path, 0o777) }
  } catch {
    switch error.number {
    case EEXIST:
      if try FileStatus(following: path).isFolder { return }
      throw error
    case ENOENT:
      let parent = URL(fileURLWithPath: path).deletingLastPathComponent().path
      guard parent != path, !parent.isEmpty else { throw error }
      try makeFolder(parent)
      // Another run may have made it meanwhile.
      do throws(FileError) { try uninterrupted { mkdir(path, 0o777) } } catch  where error.number == EEXIST {}
    default: throw error
    }
  }
}

/// Throws where this process may not do with a file what `mode` of access(2) says, as the user that it acts for.
package func checkAccess(_ path: String, _ mode: Int32) throws(FileError) {
  try uninterrupted { faccessat(AT_FDCWD, path, mode, AT_EACCESS) }
}

/// Which files the paths lead to, of those that are there.
package func identities(of paths: [String]) -> Set<FileIdentity> {
  Set(paths.compactMap { try? FileStatus(following: $0).identity })
}

/// Forces what a folder lists to the disk.
package func syncFolder(_ path: String) throws(FileError) {
  let descriptor = try uninterrupted { open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
  defer { close(descriptor) }
  do throws(FileError) {
    try uninterrupted { fsync(descriptor) }
  } catch  where error.number == EINVAL {
    // A file system that has nothing to force.
  }
}

/// A file that is open for reading. Its path is bytes: names need not be UTF-8.
package final class File {
  private let descriptor: Int32

  /// Opens for reading.
  package init(path: [UInt8]) throws(FileError) {
    let name = path.map(CChar.init(bitPattern:)) + [0]
    descriptor = try uninterrupted { open(name, O_RDONLY | O_CLOEXEC) }
  }

  deinit { close(descriptor) }

  /// Reads until the end, but no more than `count` bytes.
  package func read(upTo count: Int) throws(FileError) -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < count {
      let wanted = min(count - bytes.count, 1 << 20)
      var failed: FileError?
      let part = [UInt8](unsafeUninitializedCapacity: wanted) { buffer, initialized in
        do throws(FileError) {
          initialized = try uninterrupted { Foundation.read(descriptor, buffer.baseAddress, wanted) }
        } catch {
          failed = error
        }
      }
      if let failed { throw failed }
      if part.isEmpty { break }
      bytes += part
    }
    return bytes
  }
}
