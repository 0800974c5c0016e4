import ArgumentParser
import Foundation

/// A folder that a command writes files into.
struct OutputFolder {
  private let url: URL

  /// The folder at a path; made where it is missing.
  init(path: String) throws(OutputFileError) {
    url = URL(fileURLWithPath: path, isDirectory: true)
    do {
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    } catch {
      throw OutputFileError(path: path, reason: error, isFolder: true)
    }
  }

  /// Writes a file, whole or not at all, in place of one of that name.
  func write(_ text: String, as name: String) throws(OutputFileError) {
    try OutputFile(path: url.appendingPathComponent(name).path).write(text)
  }
}
