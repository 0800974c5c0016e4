import Foundation
import StreetCore

/// The file that a database lies in, and what the file system says of it.
struct DatabaseFile {
  /// As the user named it.
  let path: String

  init(_ path: String) {
    self.path = path
  }

  /// A path that SQLite takes for nothing else: no `:memory:`, no `file:`.
  var plainPath: String { path.hasPrefix("/") ? path : "./" + path }

  /// The file as SQLite's URI, which can say what open flags can't: https://www.sqlite.org/uri.html.
  func uri(_ parameters: String) -> String {
    let kept = CharacterSet(
      charactersIn: "/-._~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
    let escaped = plainPath.addingPercentEncoding(withAllowedCharacters: kept) ?? plainPath
    return (path.hasPrefix("/") ? "file://" : "file:") + escaped + "?" + parameters
  }

  var exists: Bool { FileManager.default.fileExists(atPath: plainPath) }

  /// Whether this user may not know if it is there.
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

  /// Whether it is a pipe, a device or a socket, which holds no database.
  var isSpecial: Bool {
    guard let status = try? FileStatus(following: plainPath) else { return false }
    return !status.isRegular && !status.isFolder
  }

  /// What the system refuses it with, for reading and writing; nil where it can be opened, or made.
  var refusal: FileError? {
    do throws(FileError) {
      let path = try destination(of: plainPath)
      let url = URL(fileURLWithPath: path)
      let folder = url.deletingLastPathComponent().path
      // Beside it SQLite makes files with longer names.
      let longestEnd = DatabaseFile.ends.map(\.utf8.count).max() ?? 0
      let longestName = pathconf(folder, Int32(_PC_NAME_MAX))
      if path.utf8.count + longestEnd > DatabaseFile.longestPath
        || longestName > 0 && url.lastPathComponent.utf8.count + longestEnd > longestName
      {
        return FileError(number: ENAMETOOLONG)
      }
      try checkAccess(folder, W_OK | X_OK)
      // The file itself is not opened: to close it again would drop the locks that SQLite holds on it
      // (https://www.sqlite.org/howtocorrupt.html, 2.2).
      do throws(FileError) {
        try checkAccess(path, R_OK | W_OK)
      } catch  where error.number == ENOENT {}
      // As many descriptors at once as SQLite needs.
      var open: [Int32] = []
      defer { for descriptor in open { close(descriptor) } }
      for _ in DatabaseFile.ends { open.append(try uninterrupted { Foundation.open("/dev/null", O_RDWR | O_CLOEXEC) }) }
      return nil
    } catch {
      return error
    }
  }

  /// What SQLite ends the names of the file and of those that it keeps beside it with
  /// (https://www.sqlite.org/tempfiles.html).
  private static let ends = ["", "-wal", "-shm", "-journal"]
  /// SQLite's own limit on a path, in bytes (SQLITE_MAX_PATHNAME).
  private static let longestPath = 512

  /// The paths, without links, that the file and what SQLite keeps beside it have or would have.
  package var paths: [String] {
    let path = (try? destination(of: plainPath)) ?? plainPath
    return DatabaseFile.ends.map { path + $0 }
  }

  /// Whether commits may lie in the write-ahead log, or parts of one that has to be taken back in the journal, of which the file
  /// itself knows nothing.
  var hasLog: Bool {
    paths.dropFirst().contains { path in
      !path.hasSuffix("-shm") && ((try? FileStatus(following: path).byteCount) ?? 0) > 0
    }
  }
}
