import Foundation
import StreetCore

/// The file of a database, and its state in the file system.
struct DatabaseFile {
  /// The path as given by the user.
  let path: String

  init(_ path: String) {
    self.path = path
  }

  /// The path in a form that SQLite does not interpret as `:memory:` or a `file:` URI.
  var plainPath: String { path.hasPrefix("/") ? path : "./" + path }

  /// The path as a URI for SQLite, for parameters that open flags can't express: https://www.sqlite.org/uri.html.
  func uri(_ parameters: String) -> String {
    let kept = CharacterSet(
      charactersIn: "/-._~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
    let escaped = plainPath.addingPercentEncoding(withAllowedCharacters: kept) ?? plainPath
    return (path.hasPrefix("/") ? "file://" : "file:") + escaped + "?" + parameters
  }

  var exists: Bool { FileManager.default.fileExists(atPath: plainPath) }

  /// Whether this user has no permission to see if the file exists.
  var isHidden: Bool {
    do throws(FileError) {
      _ = try FileStatus(following: plainPath)
      return false
    } catch {
      return error.number == EACCES
    }
  }

  var isFolder: Bool {
    (try? FileManager.default.attributesOfItem(atPath: plainPath)[.type] as? FileAttributeType)
      == .typeDirectory
  }

  /// Whether the path is a pipe, a device or a socket, which can't be a database.
  var isSpecial: Bool {
    guard let status = try? FileStatus(following: plainPath) else { return false }
    return !status.isRegular && !status.isFolder
  }

  /// The system error that prevents opening or creating the file; nil if there is none.
  var refusal: FileError? {
    do throws(FileError) {
      let path = try destination(of: plainPath)
      let url = URL(fileURLWithPath: path)
      let folder = url.deletingLastPathComponent().path
      // SQLite creates files with longer names next to it.
      let longestEnd = DatabaseFile.ends.map(\.utf8.count).max() ?? 0
      let longestName = pathconf(folder, Int32(_PC_NAME_MAX))
      if path.utf8.count + longestEnd > DatabaseFile.longestPath
        || longestName > 0 && url.lastPathComponent.utf8.count + longestEnd > longestName
      {
        return FileError(number: ENAMETOOLONG)
      }
      try checkAccess(folder, W_OK | X_OK)
      // The file itself is not opened, because closing it would drop SQLite's locks on it
      // (https://www.sqlite.org/howtocorrupt.html, 2.2).
      do throws(FileError) {
        try checkAccess(path, R_OK | W_OK)
      } catch  where error.number == ENOENT {}
      // As many descriptors as SQLite needs at the same time.
      var open: [Int32] = []
      defer { for descriptor in open { close(descriptor) } }
      for _ in DatabaseFile.ends { open.append(try uninterrupted { Foundation.open("/dev/null", O_RDWR | O_CLOEXEC) }) }
      return nil
    } catch {
      return error
    }
  }

  /// The suffixes of the file and of the files that SQLite keeps next to it (https://www.sqlite.org/tempfiles.html).
  private static let ends = ["", "-wal", "-shm", "-journal"]
  /// SQLite's own limit on a path, in bytes (SQLITE_MAX_PATHNAME).
  private static let longestPath = 512

  /// The paths, without symbolic links, of the file and of the files that SQLite keeps next to it, whether or not they
  /// exist.
  package var paths: [String] {
    let path = (try? destination(of: plainPath)) ?? plainPath
    return DatabaseFile.ends.map { path + $0 }
  }

  /// Whether there is a write-ahead log, which may contain commits that the file lacks, or a journal, which may contain
  /// changes to be rolled back.
  var hasLog: Bool {
    paths.dropFirst().contains { path in
      !path.hasSuffix("-shm") && ((try? FileStatus(following: path).byteCount) ?? 0) > 0
    }
  }
}
