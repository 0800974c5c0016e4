import ArgumentParser
import Foundation
import Pipeline

/// A folder that a command writes files into.
struct OutputFolder {
  private let url: URL

  /// The folder at a path; made where it is missing. Throws where one of the files that will be written would replace one of
  /// `inputs`, which the command reads.
  init(path: String, files: [String], inputs: [String]) throws {
    url = URL(fileURLWithPath: path, isDirectory: true)
    do throws(FileError) {
      try makeFolder(url.path)
    } catch {
      throw OutputFileError(path: path, reason: error, isFolder: true)
    }
    for name in files { try file(name).check(against: inputs) }
  }

  /// Writes a file, whole or not at all, in place of one of that name.
  func write(_ text: String, as name: String) throws { try file(name).write(text) }

  private func file(_ name: String) -> OutputFile {
    OutputFile(path: url.appendingPathComponent(name).path, kind: name.hasSuffix(".svg") ? .chart : .errorSheet)
  }
}
