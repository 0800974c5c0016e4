import Foundation
import StreetCore

/// Moves files to a folder. At any moment, a file is complete in one of the two places, and no other file is ever
/// replaced. On file systems without hard links, an empty file takes the new path first.
struct FolderMove {
  /// The real path of the destination folder.
  let folder: String
  /// The paths of files that will be written later.
  private let reserved: Set<String>

  /// Creates the folder if it is missing. No file will be moved to one of the reserved paths.
  init(to path: String, reserving paths: [String]) throws(FileError) {
    try makeFolder(path)
    folder = try realPath(path)
    reserved = Set(paths.compactMap { try? destination(of: $0) })
  }

  /// The result of a move that the system did not reject.
  enum End {
    case moved
    /// Another file has taken the path in the meantime.
    case taken
    /// The file has changed, and stays where it is.
    case changed
    /// The destination is the file itself, so it is not moved.
    case same
  }

  /// The first of NAME, NAME.1, NAME.2 and so on that does not exist in the folder, or is the file itself. A name that
  /// becomes too long is shortened.
  func path(for name: String, _ file: FileStatus) -> String {
    var path = folder + "/" + name
    var count = 0
    while reserved.contains(path) || FolderMove.status(path).map({ !$0.isSameFile(as: file) }) == true {
      count += 1
      let end = ".\(count)"
      var start = Substring(name)
      while start.utf8.count + end.utf8.count > longestName, !start.isEmpty { start.removeLast() }
      path = folder + "/" + start + end
    }
    return path
  }

  /// The maximum length of a name in bytes.
  private var longestName: Int {
    let longest = pathconf(folder, Int32(_PC_NAME_MAX))
    return longest > 0 ? longest : 255
  }

  /// Moves an unchanged file to a path in the folder: by a hard link, which never replaces a file, or to another file
  /// system by a copy that is synced to disk before the original is deleted.
  func move(_ file: String, _ status: FileStatus, to target: String) throws(FileError) -> End {
    // A link that an earlier or another run made must not be removed by this run.
    guard FolderMove.status(file)?.isUntouched(since: status) != false else { return .changed }
    let isOurs = FolderMove.status(target)?.isSameFile(as: status) != true
    // Through a bind mount, for example, both paths may be the same name; unlinking one would delete the file.
    if !isOurs, FolderMove.status(file).map({ $0.linkCount < 2 }) == true { return .same }
    do throws(FileError) {
      if isOurs { try uninterrupted { link(file, target) } }
    } catch {
      switch error.number {
      case EEXIST: return .taken
      case EXDEV: if let end = try copy(file, status, target) { return end }
      case EPERM, EOPNOTSUPP, ENOSYS, EMLINK: return try rename(file, status, target)
      default: throw error
      }
      return try remove(file, status, target, isOurs: true)
    }
    Failpoint.moveLinked.reach()
    guard FolderMove.status(target)?.isUnchanged(since: status) == true else {
      // If the old name is gone, the new one is the file's last.
      guard FolderMove.status(file)?.isSameFile(as: status) == true else { return .moved }
      if isOurs { unlink(target) }
      return .changed
    }
    return try remove(file, status, target, isOurs: isOurs)
  }

  /// Deletes the original, or the link or copy if the original can't be deleted.
  private func remove(
    _ file: String, _ status: FileStatus, _ target: String, isOurs: Bool
  ) throws(FileError) -> End {
    try syncFolder(folder)
    if let now = FolderMove.status(file) {
      if now.isUnchanged(since: status) {
        do throws(FileError) {
          try uninterrupted { unlink(file) }
        } catch {
          if isOurs { unlink(target) }
          throw error
        }
      } else if FolderMove.status(target)?.isSameFile(as: now) == true {
        if isOurs { unlink(target) }
        return .changed
      }
      // Otherwise another file has that name now, and will be read in its turn.
    }
    try syncFolder(URL(fileURLWithPath: file).deletingLastPathComponent().path)
    return .moved
  }

  /// Moves by renaming, on file systems without hard links.
  private func rename(_ file: String, _ status: FileStatus, _ target: String) throws(FileError) -> End {
    guard try reserve(target) else { return .taken }
    guard FolderMove.status(file)?.isUnchanged(since: status) == true else {
      unlink(target)
      return .changed
    }
    try replaceReserved(target, by: file)
    try syncFolder(folder)
    return .moved
  }

  /// Takes a path by an empty file, unless another file has it. A crash before the renaming leaves the empty file.
  private func reserve(_ path: String) throws(FileError) -> Bool {
    do throws(FileError) {
      close(try uninterrupted { open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644) })
      return true
    } catch {
      guard error.number == EEXIST else { throw error }
      return false
    }
  }

  /// Renames a file to a path that `reserve` has taken, or frees the path.
  private func replaceReserved(_ path: String, by file: String) throws(FileError) {
    do throws(FileError) {
      try uninterrupted { Foundation.rename(file, path) }
    } catch {
      unlink(path)
      throw error
    }
  }

  private static func status(_ path: String) -> FileStatus? { try? FileStatus(path: path) }

  /// Copies a file; nil if the target is already the copy.
  private func copy(_ file: String, _ status: FileStatus, _ target: String) throws(FileError) -> End? {
    let temporary = PartialFile(in: folder)
    defer { withExtendedLifetime(temporary) {} }
    let partial = temporary.path
    do throws(FileError) {
      let output = try uninterrupted { open(partial, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644) }
      defer { close(output) }
      let input = try File(path: Array(file.utf8))
      while true {
        let part = try input.read(upTo: 1 << 20)
        if part.isEmpty { break }
        var rest = part[...]
        while !rest.isEmpty {
          let count = try uninterrupted { rest.withUnsafeBytes { write(output, $0.baseAddress, $0.count) } }
          rest = rest.dropFirst(count)
          Failpoint.moveCopying.reach()
        }
      }
      try uninterrupted { fchmod(output, status.permissions) }
      // The copy gets the original's modification time, which may be before 1970, because the ledger identifies files
      // by it.
      let second = 1_000_000_000
      let rest = (status.modified % second + second) % second
      let time = timespec(tv_sec: (status.modified - rest) / second, tv_nsec: rest)
      try uninterrupted { futimens(output, [time, time]) }
      try uninterrupted { fsync(output) }
      guard FolderMove.status(file)?.isUnchanged(since: status) == true else { return .changed }
      try uninterrupted { link(partial, target) }
      return nil
    } catch {
      switch error.number {
      case EEXIST: return .taken
      case EPERM, EOPNOTSUPP, ENOSYS:
        guard try reserve(target) else { return .taken }
        try replaceReserved(target, by: partial)
        return nil
      default: throw error
      }
    }
  }
}
