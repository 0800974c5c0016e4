import ArgumentParser
import Foundation
import Pipeline

/// A file that a command writes, whole or not at all, in place of one of that name.
struct OutputFile {
  let path: String

  /// Bytes of a file that tell whether it is a text.
  private static let headBytes = 4096

  /// Throws where its folder is missing or may not be written to, before work is done for it.
  func check() throws(OutputFileError) {
    do throws(FileError) {
      try FileReplacement(path: path).check()
    } catch {
      throw OutputFileError(path: path, reason: error, isFolder: true)
    }
  }

  /// Throws where writing it would replace what it must not: one of the files that the command reads or writes otherwise, or
  /// a file that is no text, such as an archive, a picture or a database.
  func check(against others: [String]) throws {
    if let other = others.first(where: { leadToSameFile(path, $0) }) {
      throw UsageError(
        summary: "\(path): Is the same file as \(other), which this command needs; name another file to write to")
    }
    try checkText()
  }

  private func checkText() throws {
    guard !isText(try head()) else { return }
    throw UsageError(summary: "\(path): Holds something that is no text, and is not replaced; name another file")
  }

  /// The folder that it lies in, without links.
  var folder: String {
    get throws(OutputFileError) {
      do throws(FileError) {
        return URL(fileURLWithPath: try FileReplacement(path: path).path).deletingLastPathComponent().path
      } catch {
        throw OutputFileError(path: path, reason: error, isFolder: true)
      }
    }
  }

  /// The first bytes of the file that has the path; none where there is no regular one.
  func head() throws(OutputFileError) -> [UInt8] {
    do throws(FileError) {
      return try FileReplacement(path: path).head(OutputFile.headBytes)
    } catch {
      throw OutputFileError(path: path, reason: error, isFolder: true)
    }
  }

  /// Writes it, so that readers see the one before or this one.
  func write(_ text: String) throws {
    // Something else may have come to its path since it was checked.
    try checkText()
    do throws(FileError) {
      try FileReplacement(path: path).write(Array(text.utf8))
    } catch {
      throw OutputFileError(path: path, reason: error, isFolder: false)
    }
  }

  /// Whether a file that begins so is a text in UTF-8, maybe cut inside its last character.
  private func isText(_ head: [UInt8]) -> Bool {
    guard !head.contains(0) else { return false }
    return (0..<4).contains { String(validating: head.dropLast($0), as: UTF8.self) != nil }
  }
}

/// Why a file or a folder can't be written.
struct OutputFileError: Reportable {
  let path: String
  let reason: FileError
  let isFolder: Bool

  var summary: String {
    switch reason.number {
    case EACCES, EPERM, EROFS: "\(path): No permission to write it; name another folder"
    case ENOENT, ENOTDIR: "\(path): Its folder isn't there; make it, or name another"
    case ENOSPC, EDQUOT: "\(path): No space is left; free some and run again"
    case EEXIST: "\(path): There is a file of that name; name another folder"
    case EISDIR: "\(path): Is a folder; name a file"
    case ENXIO: "\(path): No program reads from this pipe; start its reader first, or name a file"
    case ENAMETOOLONG: "\(path): The name is too long; give a shorter one"
    default: "\(path): It can't be written: \(reason.message)"
    }
  }

  var exitCode: ExitCode {
    switch reason.number {
    case EACCES, EPERM, EROFS: .permission
    case _ where reason.isShortage: .shortage
    default: isFolder ? .cannotCreate : .inputOutput
    }
  }
}
