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

  var isFolder: Bool {
    (try? FileManager.default.attributesOfItem(atPath: plainPath)[.type] as? FileAttributeType)
      == .typeDirectory
  }

  var parentExists: Bool {
    FileManager.default.fileExists(
      atPath: URL(fileURLWithPath: plainPath).deletingLastPathComponent().path)
  }

  /// Whether commits may lie in the write-ahead log that the file itself doesn't hold yet.
  var hasLog: Bool {
    let size = try? FileManager.default.attributesOfItem(atPath: plainPath + "-wal")[.size] as? Int
    return (size ?? 0) > 0
  }
}
