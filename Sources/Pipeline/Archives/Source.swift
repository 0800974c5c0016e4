import Crypto
import Foundation
package import StreetCore

/// A source of pictures: an archive, a folder, one picture, or a tar on standard input.
package struct Source: Sendable {
  /// The kind of source.
  package let kind: SourceDescription.Kind
  /// The real path; "-" for standard input.
  package let path: String
  /// The displayed name: the last component of the path; for a folder, the whole path.
  package let name: String
  /// The size in bytes; 0 if it can't be known.
  package let byteCount: Int
  /// The modification time in nanoseconds since 1970; 0 if it can't be known.
  package let modified: Int
  /// The status of the file when it was opened.
  private let status: FileStatus?
  /// The files of a folder, sorted by the bytes of their relative paths; empty for other kinds.
  let files: [Listing.File]

  /// Determines the kind of source at a path. Reads only a folder's listing or a file's first bytes.
  package init(path given: String) throws(SourceError) { try self.init(path: given, leavingOut: []) }

  /// Determines the kind of source at a path, leaving the given files out of a folder.
  package init(path given: String, leavingOut own: Set<FileIdentity>) throws(SourceError) {
    guard given != "-" else {
      (kind, path, name, byteCount, modified, files) = (.stream, "-", "-", 0, 0, [])
      self.status = nil
      return
    }
    let status: FileStatus
    do throws(FileError) {
      path = try realPath(given)
      status = try FileStatus(path: path)
    } catch {
      throw Source.failure(error, path: given)
    }
    self.status = status
    guard status.isFolder || status.isRegular else {
      throw SourceError(
        .notAnArchive, "It is a pipe or a device; `streetnum ingest -` reads a tar from one", path: given)
    }
    name = status.isFolder ? path : path.split(separator: "/").last.map(String.init) ?? path
    do throws(FileError) {
      if status.isFolder {
        kind = .folder
        files = try Listing(root: path, leavingOut: own).files
        byteCount = files.reduce(0) { $0 &+ $1.byteCount }
        modified = 0
      } else {
        let first = try File(path: Array(path.utf8)).read(upTo: FileKind.byteCount)
        kind = FileKind(first)?.isPicture == true ? .image : .archive
        files = []
        byteCount = status.byteCount
        modified = status.modified
      }
    } catch {
      throw Source.failure(error, path: given)
    }
  }

  /// A hash of a folder's listing (names, sizes, times), which changes when the folder does; "" for other kinds.
  package var fingerprint: String {
    guard kind == .folder else { return "" }
    var hash = SHA256()
    for file in files {
      hash.update(data: file.name + [0])
      hash.update(data: Array("\(file.byteCount) \(file.modified)\n".utf8))
    }
    return hexadecimal(hash.finalize())
  }

  /// The SHA-256 of a file's bytes, in lower-case hexadecimal. Costs reading the file once; `progress` receives the
  /// share that is done, 0...1.
  package func sha256(progress: (Double) -> Void = { _ in }) throws(SourceError) -> String {
    do throws(FileError) {
      let file = try File(path: Array(path.utf8))
      var hash = SHA256()
      var hashed = 0
      while true {
        let part = try file.read(upTo: 1 << 20)
        if part.isEmpty { return hexadecimal(hash.finalize()) }
        hash.update(data: part)
        hashed += part.count
        progress(min(1, Double(hashed) / Double(max(byteCount, 1))))
      }
    } catch {
      throw Source.failure(error, path: path)
    }
  }

  /// The path, size and modification time of the file.
  package var place: SourcePath { SourcePath(path: path, byteCount: byteCount, modified: modified) }

  /// Throws `source.changed` if a file has changed, because its members then belong to unknown content. A folder may
  /// change: its files are read as far as they exist, and its fingerprint will be different next time. If a file's
  /// times were set back, only its status change time shows the change; renaming also changes that, so it is only
  /// compared while the file is being read.
  package func checkUnchanged(whileRead: Bool = true) throws(SourceError) {
    guard kind == .archive || kind == .image else { return }
    do throws(FileError) {
      let now = try FileStatus(path: path)
      if let status, whileRead ? now.isUntouched(since: status) : now.isUnchanged(since: status) { return }
    } catch {
      throw Source.failure(error, path: path)
    }
    throw SourceError(
      .changed, "It was changed while it was being read; run again when nothing is writing to it", path: path)
  }

  /// Opens the source for reading its members.
  package func reader(limits: SourceLimits) throws(SourceError) -> any SourceReader {
    switch kind {
    case .archive: try ArchiveReader(path: path, size: byteCount, limits: limits)
    case .stream: try ArchiveReader(path: path, size: nil, limits: limits)
    case .folder: FolderReader(root: path, files: files, limits: limits)
    case .image: FolderReader(image: path, limits: limits)
    }
  }

  package static func failure(_ error: FileError, path: String) -> SourceError {
    switch error.number {
    case ENOENT, ENOTDIR:
      SourceError(.missing, "There is no such file or folder", path: path)
    case EACCES, EPERM:
      SourceError(.permission, "No permission to read it; give this user read access", path: path)
    case ENAMETOOLONG:
      SourceError(.missing, "Its name or its path is too long for the file system; give a shorter one", path: path)
    case ELOOP: SourceError(.missing, "Its symbolic links form a loop; give the file itself", path: path)
    case _ where error.isShortage:
      SourceError(
        .shortage, "A limit of the system was reached (\(error.message)); raise it, see `ulimit -a`, and run again",
        path: path)
    default: SourceError(.unreadable, "The system can't read it: \(error.message)", path: path)
    }
  }
}
