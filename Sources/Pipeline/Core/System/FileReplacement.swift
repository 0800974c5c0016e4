import Foundation

/// A file that is written under a name that something may have already.
///
/// A regular file is replaced whole or not at all, and a link to one stays a link. What is neither, such as a pipe or a
/// device, is written to.
package struct FileReplacement {
  /// How the names of files begin that are not whole yet; hidden, so that no inbox takes them.
  package static let partial = ".streetnum-partial-"

  /// Where the bytes go: the path without links.
  package let path: String
  /// What has the path now, or nil.
  private let status: FileStatus?

  /// Looks at what a path leads to; its folder must be there.
  package init(path: String) throws(FileError) {
    if path.hasSuffix("/") { throw FileError(number: EISDIR) }
    self.path = try destination(of: path)
    status = try? FileStatus(path: self.path)
    if status?.isFolder == true { throw FileError(number: EISDIR) }
  }

  private var isReplaced: Bool { status?.isRegular != false }
  private var folder: String { URL(fileURLWithPath: path).deletingLastPathComponent().path }

  /// Throws where this user may not write it.
  package func check() throws(FileError) {
    isReplaced ? try checkAccess(folder, W_OK | X_OK) : try checkAccess(path, W_OK)
  }

  /// The first bytes of the regular file that would be replaced; none where there is no such file, or it is empty.
  package func head(_ count: Int) throws(FileError) -> [UInt8] {
    guard status?.isRegular == true else { return [] }
    return try File(path: Array(path.utf8)).read(upTo: count)
  }

  /// Writes all of the bytes. A file that is replaced keeps its rights, and its owner as far as this user may say so.
  package func write(_ bytes: [UInt8]) throws(FileError) {
    guard isReplaced else { return try pass(bytes) }
    let partial = folder + "/" + FileReplacement.partial + UUID().uuidString
    let descriptor = try uninterrupted { open(partial, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666) }
    var isInPlace = false
    defer {
      close(descriptor)
      if !isInPlace { unlink(partial) }
    }
    if let status {
      _ = fchown(descriptor, status.owner.user, status.owner.group)
      try uninterrupted { fchmod(descriptor, status.permissions) }
    }
    try FileReplacement.write(bytes, to: descriptor)
    try uninterrupted { fsync(descriptor) }
    try uninterrupted { rename(partial, path) }
    isInPlace = true
    try syncFolder(folder)
  }

  /// Has `body` make the file at a hidden path beside it, and puts that in place when it returns. What is no regular file, such as
  /// a pipe, is refused: ENOTSUP.
  package func fill<Value>(_ body: (_ path: String) throws -> Value) throws -> Value {
    guard isReplaced else { throw FileError(number: ENOTSUP) }
    try checkAccess(folder, W_OK | X_OK)
    let partial = folder + "/" + FileReplacement.partial + UUID().uuidString
    defer { unlink(partial) }
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

  /// Writes into a pipe or a device. A pipe that nobody reads is an error, ENXIO: to wait for a reader could take for ever.
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

  /// Takes away what was cut short in a folder an hour ago or earlier.
  package static func removePartial(in folder: String) {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    let partial = names.filter { $0.hasPrefix(FileReplacement.partial) }
    guard !partial.isEmpty, let clock = FileSystemClock(folder: folder) else { return }
    for path in partial.map({ folder + "/" + $0 }) {
      // One that was written to a moment ago may be another run's.
      if let status = try? FileStatus(path: path), clock.age(of: status) > 3600 { unlink(path) }
    }
  }
}
