import Foundation

/// The absolute path without symbolic links, dots or a trailing slash.
package func realPath(_ path: String) throws(FileError) -> String {
  guard let resolved = realpath(path, nil) else { throw FileError(number: errno) }
  defer { free(resolved) }
  return String(cString: resolved)
}

/// The path of a file without symbolic links, whether or not the file exists: a link to a missing file is followed too.
///
/// The containing folder must exist.
package func destination(of path: String) throws(FileError) -> String {
  var path = path
  // Linux follows at most 40 links (path_resolution(7)).
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

/// Whether two paths refer to the same file or folder, or would after it is created; symbolic links, hard links and
/// bind mounts are taken into account.
package func leadToSameFile(_ one: String, _ other: String) -> Bool {
  guard let (one, other) = try? (destination(of: one), destination(of: other)) else { return false }
  if let (one, other) = try? (FileStatus(path: one), FileStatus(path: other)) { return one.isSameFile(as: other) }
  let (first, second) = (URL(fileURLWithPath: one), URL(fileURLWithPath: other))
  let folders = [first, second].compactMap { try? FileStatus(path: $0.deletingLastPathComponent().path) }
  return folders.count == 2 && folders[0].isSameFile(as: folders[1])
    && first.lastPathComponent.utf8.elementsEqual(second.lastPathComponent.utf8)
}

/// Creates a folder and its missing parents.
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
      // Another run may have created it in the meantime.
      do throws(FileError) { try uninterrupted { mkdir(path, 0o777) } } catch  where error.number == EEXIST {}
    default: throw error
    }
  }
}

/// Throws if this process lacks the access `mode` of access(2) to a file, judged by its effective user.
package func checkAccess(_ path: String, _ mode: Int32) throws(FileError) {
  try uninterrupted { faccessat(AT_FDCWD, path, mode, AT_EACCESS) }
}

/// The identities of the files at the given paths; missing files are left out.
package func identities(of paths: [String]) -> Set<FileIdentity> {
  Set(paths.compactMap { try? FileStatus(following: $0).identity })
}

/// Syncs a folder's entries to disk.
package func syncFolder(_ path: String) throws(FileError) {
  let descriptor = try uninterrupted { open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
  defer { close(descriptor) }
  do throws(FileError) {
    try uninterrupted { fsync(descriptor) }
  } catch  where error.number == EINVAL {
    // The file system does not support syncing folders.
  }
}
