import ArgumentParser
import Foundation
import Pipeline

/// A file that a command writes, whole or not at all; it replaces an earlier output of streetnum, and no other file.
struct OutputFile {
  let path: String
  let kind: Kind

  /// The count of first bytes that tell which program wrote a file.
  private static let headBytes = 4096

  /// Throws, before any work is done, where the folder is missing or can't be written.
  func check() throws(OutputFileError) {
    do throws(FileError) {
      try FileReplacement(path: path).check()
    } catch {
      throw OutputFileError(path: path, reason: error, isFolder: true)
    }
  }

  /// Throws where the file must not be replaced: it is one of the command's other files, or streetnum did not write it.
  func check(against others: [String]) throws {
    if let other = others.first(where: { leadToSameFile(path, $0) }) {
      throw UsageError(
        summary: "\(path): Is the same file as \(other), which this command reads or writes; name another output file")
    }
    try checkKind()
  }

  private func checkKind() throws {
    guard try !head(1).isEmpty, try !isOwn() else { return }
    throw ForeignFileError(path: path, kind: kind)
  }

  /// The first bytes of the file at the path; empty where there is no regular file.
  func head(_ count: Int = headBytes) throws(OutputFileError) -> [UInt8] {
    do throws(FileError) {
      return try FileReplacement(path: path).head(count)
    } catch {
      throw OutputFileError(path: path, reason: error, isFolder: true)
    }
  }

  /// Writes the file; readers see the old or the new content.
  func write(_ text: String) throws { try write(Array(text.utf8)) }

  /// Writes the file; readers see the old or the new content.
  func write(_ bytes: [UInt8]) throws {
    // Another file may have appeared at the path since the check.
    try checkKind()
    do throws(FileError) {
      try FileReplacement(path: path).write(bytes)
    } catch {
      throw OutputFileError(path: path, reason: error, isFolder: false)
    }
  }

  /// Calls `body` to write the file at a temporary path, and renames it when it is complete.
  func fill<Value>(_ body: (_ path: String) throws -> Value) throws -> Value {
    do {
      return try FileReplacement(path: path).fill { other in
        let value = try body(other)
        // Another file may have appeared at the path since the check.
        try checkKind()
        return value
      }
    } catch let error as FileError {
      throw OutputFileError(path: path, reason: error, isFolder: false)
    }
  }
}

/// The error for a file or folder that can't be written.
struct OutputFileError: Reportable {
  let path: String
  let reason: FileError
  let isFolder: Bool

  var summary: String {
    switch reason.number {
    case EACCES, EPERM, EROFS: "\(path): No permission to write it; name another folder"
    case ENOENT, ENOTDIR: "\(path): Its folder does not exist; create it, or name another"
    case ENOSPC, EDQUOT: "\(path): No space is left; free some and run it again"
    case EEXIST: "\(path): There is a file of that name; name another folder"
    case EISDIR: "\(path): Is a folder; name a file"
    case ENXIO: "\(path): No program reads from this pipe; start its reader first, or name a file"
    case ENAMETOOLONG: "\(path): The name is too long; give a shorter one"
    default: "\(path): Can't be written: \(reason.message)"
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
