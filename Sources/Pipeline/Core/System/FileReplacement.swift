import Foundation

/// A file to be written at a path that may already exist.
///
/// A regular file is replaced atomically, and a symbolic link to it is kept. Anything else, such as a pipe or a device,
/// is written to in place.
package struct FileReplacement {
  /// The destination: the path without symbolic links.
  package let path: String
  /// The status of the existing file; nil if there is none.
  private let status: FileStatus?

  /// Resolves the path; its folder must exist.
  package init(path: String) throws(FileError) {
    if path.hasSuffix("/") { throw FileError(number: EISDIR) }
    self.path = try destination(of: path)
    status = try? FileStatus(path: self.path)
    if status?.isFolder == true { throw FileError(number: EISDIR) }
  }

  private var isReplaced: Bool { status?.isRegular != false }
  private var folder: String { URL(fileURLWithPath: path).deletingLastPathComponent().path }

  /// Throws if the user may not write the file.
  package func check() throws(FileError) {
    isReplaced ? try checkAccess(folder, W_OK | X_OK) : try checkAccess(path, W_OK)
  }

  /// The first bytes of the regular file that would be replaced; empty if there is none.
  package func head(_ count: Int) throws(FileError) -> [UInt8] {
    guard status?.isRegular == true else { return [] }
    return try File(path: Array(path.utf8)).read(upTo: count)
  }

  /// Writes the bytes. A replaced file keeps its permissions and, as far as this user may set it, its owner.
  package func write(_ bytes: [UInt8]) throws(FileError) {
    guard isReplaced else { return try pass(bytes) }
    let file = PartialFile(in: folder)
    defer { withExtendedLifetime(file) {} }
    let partial = file.path
    let descriptor = try uninterrupted { open(partial, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666) }
    defer { close(descriptor) }
    if let status {
      _ = fchown(descriptor, status.owner.user, status.owner.group)
      try uninterrupted { fchmod(descriptor, status.permissions) }
    }
    try FileReplacement.write(bytes, to: descriptor)
    try uninterrupted { fsync(descriptor) }
    try uninterrupted { rename(partial, path) }
    try syncFolder(folder)
  }

  /// Lets `body` write the file at a temporary path next to the destination, then moves it there. Throws ENOTSUP for a
  /// destination that is not a regular file, such as a pipe.
  package func fill<Value>(_ body: (_ path: String) throws -> Value) throws -> Value {
    guard isReplaced else { throw FileError(number: ENOTSUP) }
    try checkAccess(folder, W_OK | X_OK)
    let file = PartialFile(in: folder)
    defer { withExtendedLifetime(file) {} }
    let partial = file.path
    let value = try body(partial)
    let descriptor = try uninterrupted { open(partial, O_RDWR | O_CLOEXEC) }
    defer { close(descriptor) }
    if let status {
      _ = fchown(descriptor, status.owner.user, status.owner.group)
      try uninterrupted { fchmod(descriptor, status.permissions) }
    }
    try uninterrupted { fsync(descriptor) }
    try uninterrupted { rename(partial, path) }
    try syncFolder(folder)
    return value
  }

  /// Writes to a pipe or a device. A pipe without a reader is an error, ENXIO, because waiting for a reader might never
  /// end.
  private func pass(_ bytes: [UInt8]) throws(FileError) {
    let descriptor = try uninterrupted { open(path, O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC) }
    defer { close(descriptor) }
    _ = fcntl(descriptor, F_SETFL, 0)
    try FileReplacement.write(bytes, to: descriptor)
  }

  private static func write(_ bytes: [UInt8], to descriptor: Int32) throws(FileError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = try uninterrupted { rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) } }
      rest = rest.dropFirst(count)
    }
  }
}
