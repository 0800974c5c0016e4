import Foundation

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
