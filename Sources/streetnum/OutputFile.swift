import ArgumentParser
import Foundation

/// A file that a command writes, whole or not at all, in place of one of that name.
struct OutputFile {
  let path: String

  /// Throws where its folder is missing or may not be written to, before work is done for it.
  func check() throws(OutputFileError) {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    guard access(folder, W_OK | X_OK) != 0 else { return }
    let code: CocoaError.Code = errno == ENOENT || errno == ENOTDIR ? .fileNoSuchFile : .fileWriteNoPermission
    throw OutputFileError(path: path, reason: CocoaError(code), isFolder: true)
  }

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
    case .fileNoSuchFile: "\(path): Its folder isn't there; make it, or name another"
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
