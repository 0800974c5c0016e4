import ArgumentParser
import Foundation

/// A file that a command writes, whole or not at all, in place of one of that name.
struct OutputFile {
  let path: String

  /// Writes it, so that readers see the one before or this one.
  func write(_ text: String) throws(OutputFileError) {
    do {
      try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw OutputFileError(path: path, reason: error, isFolder: false)
    }
  }
}

/// Why a file or a folder can't be written.
struct OutputFileError: Reportable {
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
