import ArgumentParser
import Foundation

/// A folder that a command writes files into.
struct OutputFolder {
  private let url: URL

  /// The folder at a path; made where it is missing.
  init(path: String) throws(OutputFolderError) {
    url = URL(fileURLWithPath: path, isDirectory: true)
    do {
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    } catch {
      throw OutputFolderError(path: path, reason: error, isFolder: true)
    }
  }

  /// Writes a file, whole or not at all, in place of one of that name.
  func write(_ text: String, as name: String) throws(OutputFolderError) {
    let file = url.appendingPathComponent(name)
    do {
      try Data(text.utf8).write(to: file, options: .atomic)
    } catch {
      throw OutputFolderError(path: file.path, reason: error, isFolder: false)
    }
  }
}

/// Why a file or a folder can't be written.
struct OutputFolderError: Reportable {
  let path: String
  let reason: any Error
  let isFolder: Bool

  private var code: CocoaError.Code? { (reason as? CocoaError)?.code }

  var summary: String {
    switch code {
    case .fileWriteNoPermission: "\(path): No permission to write it; name another folder"
    case .fileWriteOutOfSpace: "\(path): No space is left; free some and run again"
    case .fileWriteFileExists: "\(path): There is a file of that name; name another folder"
    default: "\(path): It can't be written: \(reason.localizedDescription)"
    }
  }

  var exitCode: ExitCode {
    switch code {
    case .fileWriteNoPermission: .permission
    default: isFolder ? .cannotCreate : .inputOutput
    }
  }
}
