import Foundation

/// The files of the repository that these tests are in.
enum Repository {
  private static let root =
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// A file's text.
  static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
  }

  /// The texts of all files below a folder; hidden ones and those that are no text are left out.
  static func texts(below folder: String) throws -> [String] {
    let files = FileManager.default.enumerator(
      at: root.appendingPathComponent(folder), includingPropertiesForKeys: [.isRegularFileKey],
      options: .skipsHiddenFiles)
    var texts: [String] = []
    while let file = files?.nextObject() as? URL {
      guard try file.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true,
        let text = try? String(contentsOf: file, encoding: .utf8)
      else { continue }
      texts.append(text)
    }
    return texts
  }
}
