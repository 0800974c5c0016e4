import Foundation

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

  var parentExists: Bool {
    FileManager.default.fileExists(
      atPath: URL(fileURLWithPath: plainPath).deletingLastPathComponent().path)
  }

  /// The real paths, as bytes, of the file and of what SQLite keeps beside it (https://www.sqlite.org/tempfiles.html); none
  /// where it isn't there.
  var files: Set<[UInt8]> {
    guard let real = try? realPath(plainPath) else { return [] }
    return Set(["", "-wal", "-shm", "-journal"].map { Array((real + $0).utf8) })
  }

  /// Whether commits may lie in the write-ahead log that the file itself doesn't hold yet.
  var hasLog: Bool {
    let size = try? FileManager.default.attributesOfItem(atPath: plainPath + "-wal")[.size] as? Int
    return (size ?? 0) > 0
  }
}
