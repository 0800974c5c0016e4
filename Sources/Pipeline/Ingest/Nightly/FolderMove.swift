import Foundation
import StreetCore

/// Moves files into a folder so that each is whole in one of the two places at any moment, and no other file is replaced.
struct FolderMove {
  /// Where to; its real path.
  let folder: String
  /// Paths that files get which are not written yet.
  private let reserved: Set<String>

  /// A folder; made where it is missing. No file is given one of the reserved paths.
  init(to path: String, reserving paths: [String]) throws(FileError) {
    try makeFolder(path)
    folder = try realPath(path)
    reserved = Set(paths.compactMap { try? destination(of: $0) })
  }

  /// How a move ended that the system did not refuse.
  enum End {
    case moved
    /// Another file has the path meanwhile.
    case taken
    /// The file is not what it was, and stays.
    case changed
    /// The path is the file's own: there is nowhere to move it to.
    case same
  }

  /// The first of NAME, NAME.1, NAME.2 and so on that nothing has in the folder, or that the file itself has already. A name
  /// that is too long then is shortened.
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

  /// Bytes of a name, at most.
  private var longestName: Int {
    let longest = pathconf(folder, Int32(_PC_NAME_MAX))
    return longest > 0 ? longest : 255
  }

  /// Moves a file, as it was, to a path in the folder: by a second name, which can't be given twice, and to another file system
  /// by a copy that is on the disk before the file is taken away.
  func move(_ file: String, _ status: FileStatus, to target: String) throws(FileError) -> End {
    // A name that an earlier run or another one has made is not ours to take away.
    guard FolderMove.status(file)?.isUntouched(since: status) != false else { return .changed }
    let isOurs = FolderMove.status(target)?.isSameFile(as: status) != true
    // Two paths may be one name, by a bind mount, say: to take it away would be to delete the file.
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
      // Without its old name the new one is its last.
      guard FolderMove.status(file)?.isSameFile(as: status) == true else { return .moved }
      if isOurs { unlink(target) }
      return .changed
    }
    return try remove(file, status, target, isOurs: isOurs)
  }

  /// Takes the file away from where it was, or what was made of it where that can't be.
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
      // Else another file has its name by now, and waits there for its turn.
    }
    try syncFolder(URL(fileURLWithPath: file).deletingLastPathComponent().path)
    return .moved
  }

  /// Where there are no second names.
  private func rename(_ file: String, _ status: FileStatus, _ target: String) throws(FileError) -> End {
    if FolderMove.status(target) != nil { return .taken }
    guard FolderMove.status(file)?.isUnchanged(since: status) == true else { return .changed }
    try uninterrupted { Foundation.rename(file, target) }
    try syncFolder(folder)
    return .moved
  }

  private static func status(_ path: String) -> FileStatus? { try? FileStatus(path: path) }

  /// Copies a file; nil where the target is the copy.
  private func copy(_ file: String, _ status: FileStatus, _ target: String) throws(FileError) -> End? {
    let partial = folder + "/" + FileReplacement.partial + UUID().uuidString
    defer { unlink(partial) }
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
      // The ledger knows a file by its time of change, which may lie before 1970.
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
        if FolderMove.status(target) != nil { return .taken }
        try uninterrupted { Foundation.rename(partial, target) }
        return nil
      default: throw error
      }
    }
  }
}
