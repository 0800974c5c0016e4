import ArgumentParser
import Foundation
import Pipeline

/// A file that a command writes, whole or not at all; it replaces an earlier file of that name.
struct OutputFile {
  /// What a file holds. One of another kind is never replaced.
  enum Kind {
    case text, safetensors, geopackage
  }

  let path: String
  var kind = Kind.text

  /// Bytes of a file that tell whether it is a text.
  private static let headBytes = 4096

  /// Throws, before any work is done, where the folder is missing or can't be written.
  func check() throws(OutputFileError) {
    do throws(FileError) {
      try FileReplacement(path: path).check()
    } catch {
      throw OutputFileError(path: path, reason: error, isFolder: true)
    }
  }

  /// Throws where writing it would replace what it must not: one of the files that the command reads or writes otherwise, or
  /// a file of another kind, such as an archive or a database.
  func check(against others: [String]) throws {
    if let other = others.first(where: { leadToSameFile(path, $0) }) {
      throw UsageError(
        summary: "\(path): Is the same file as \(other), which this command reads or writes; name another output file")
    }
    try checkKind()
  }

  private func checkKind() throws {
    let head = try head()
    let (isReplaceable, name) =
      switch kind {
      case .text: (isText(head), "text file")
      case .safetensors: (head.isEmpty || isSafetensors(head), "safetensors file")
      case .geopackage: (head.isEmpty || GeoPackage.isUnchangedExport(at: path), "GeoPackage as streetnum wrote it")
      }
    guard !isReplaceable else { return }
    throw UsageError(summary: "\(path): Exists and is not a \(name), so it is not replaced; name another file")
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

  /// Whether a file that begins so is a safetensors file: the length of a header, in 64 bits, and the header's first brace.
  private func isSafetensors(_ head: [UInt8]) -> Bool {
    head.count > 8 && head[8] == UInt8(ascii: "{") && head[5..<8].allSatisfy { $0 == 0 }
  }

  /// Whether a file that begins so is a text in UTF-8, maybe cut inside its last character.
  private func isText(_ head: [UInt8]) -> Bool {
    guard !head.contains(0) else { return false }
    return (0..<4).contains { String(validating: head.dropLast($0), as: UTF8.self) != nil }
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
