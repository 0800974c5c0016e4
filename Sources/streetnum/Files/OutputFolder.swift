import ArgumentParser
import Foundation
import Pipeline

/// A folder into which a command writes files.
struct OutputFolder {
  private let url: URL

  /// Opens or makes the folder at a path. Throws where one of `files` would replace one of the command's `inputs`.
  init(path: String, files: [String], inputs: [String]) throws {
    url = URL(fileURLWithPath: path, isDirectory: true)
    do throws(FileError) {
      try makeFolder(url.path)
    } catch {
      throw OutputFileError(path: path, reason: error, isFolder: true)
    }
    for name in files { try file(name).check(against: inputs) }
  }

  /// Writes a file, whole or not at all; it replaces an earlier file of that name.
  func write(_ text: String, as name: String) throws { try file(name).write(text) }

  private func file(_ name: String) -> OutputFile {
    OutputFile(path: url.appendingPathComponent(name).path, kind: name.hasSuffix(".svg") ? .chart : .errorSheet)
  }
}
