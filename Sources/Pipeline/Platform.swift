import Foundation

/// What the system said when it refused: an errno.
struct FileError: Error {
  let number: Int32

  var message: String { String(cString: strerror(number)) }
}

/// Tries a system call again while it is interrupted; throws what it refuses with.
@discardableResult
func uninterrupted<Value: SignedInteger>(_ call: () -> Value) throws(FileError) -> Value {
  while true {
    let value = call()
    if value >= 0 { return value }
    if errno != EINTR { throw FileError(number: errno) }
  }
}

/// What the system knows of a file, without following a link.
struct FileStatus {
  let byteCount: Int
  /// In nanoseconds since 1970, modulo 2^64: a file's date can be any, and only its change matters.
  let modified: Int
  /// When anything about it last changed, which nobody can set, in nanoseconds since 1970, modulo 2^64.
  let touched: Int
  let isRegular: Bool
  let isFolder: Bool
  /// Who may read, write and run it.
  let permissions: mode_t
  private let device: UInt64
  private let inode: UInt64

  /// Asks the system.
  init(path: [UInt8]) throws(FileError) {
    var status = stat()
    let name = path.map(CChar.init(bitPattern:)) + [0]
    try uninterrupted { lstat(name, &status) }
    byteCount = Int(status.st_size)
    modified = status.st_mtim.tv_sec &* 1_000_000_000 &+ status.st_mtim.tv_nsec
    touched = status.st_ctim.tv_sec &* 1_000_000_000 &+ status.st_ctim.tv_nsec
    isRegular = status.st_mode & S_IFMT == S_IFREG
    isFolder = status.st_mode & S_IFMT == S_IFDIR
    permissions = status.st_mode & 0o777
    (device, inode) = (UInt64(status.st_dev), UInt64(status.st_ino))
  }
}

extension FileStatus {
  /// Of a path that is text.
  init(path: String) throws(FileError) { try self.init(path: Array(path.utf8)) }

  /// A file, or what a link leads to.
  init(following path: String) throws(FileError) { try self.init(path: try realPath(path)) }

  /// Whether both are the same file, by whatever name.
  func isSameFile(as other: FileStatus) -> Bool { device == other.device && inode == other.inode }

  /// Whether both are the same file, and it was not written to in between.
  func isUnchanged(since other: FileStatus) -> Bool {
    isSameFile(as: other) && byteCount == other.byteCount && modified == other.modified
  }
}

/// The path without links, dots or a trailing slash.
func realPath(_ path: String) throws(FileError) -> String {
  guard let resolved = realpath(path, nil) else { throw FileError(number: errno) }
  defer { free(resolved) }
  return String(cString: resolved)
}

/// Forces what a folder lists to the disk.
func syncFolder(_ path: String) throws(FileError) {
  let descriptor = try uninterrupted { open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
  defer { close(descriptor) }
  do throws(FileError) {
    try uninterrupted { fsync(descriptor) }
  } catch  where error.number == EINVAL {
    // A file system that has nothing to force.
  }
}

/// A file that is open for reading. Its path is bytes: names need not be UTF-8.
final class File {
  private let descriptor: Int32

  /// Opens for reading.
  init(path: [UInt8]) throws(FileError) {
    let name = path.map(CChar.init(bitPattern:)) + [0]
    descriptor = try uninterrupted { open(name, O_RDONLY | O_CLOEXEC) }
  }

  deinit { close(descriptor) }

  /// Reads until the end, but no more than `count` bytes.
  func read(upTo count: Int) throws(FileError) -> [UInt8] {
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
