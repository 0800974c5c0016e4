import Crypto
import Foundation
package import StreetCore

/// Something that pictures are read from: an archive, a folder, one picture, or a tar on standard input.
package struct Source: Sendable {
  /// What it is.
  package let kind: SourceDescription.Kind
  /// Its real path; "-" for standard input.
  package let path: String
  /// The name that answers show: the path's last part, for a folder all of it.
  package let name: String
  /// Its size in bytes; 0 where that can't be known.
  package let byteCount: Int
  /// When it was last changed, in nanoseconds since 1970; 0 where that can't be known.
  package let modified: Int
  /// A file as it was at first.
  private let status: FileStatus?
  /// The files of a folder, by the bytes of their paths below it; empty for other kinds.
  let files: [Listing.File]

  /// Looks at what a path names. Reads a folder's listing and a file's first bytes, nothing more.
  package init(path given: String) throws(SourceError) { try self.init(path: given, leavingOut: []) }

  /// The same, leaving the given files out of a folder.
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

  /// A hash of a folder's listing (names, sizes, times), which tells whether it is what it was; "" for other kinds.
  package var fingerprint: String {
    guard kind == .folder else { return "" }
    var hash = SHA256()
    for file in files {
      hash.update(data: file.name + [0])
      hash.update(data: Array("\(file.byteCount) \(file.modified)\n".utf8))
    }
    return hexadecimal(hash.finalize())
  }

  /// The SHA-256 of a file's bytes, lower-case hexadecimal. Costs reading it once; `progress` is told how far that is,
  /// 0...1.
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

  /// A file as it was seen.
  package var place: SourcePath { SourcePath(path: path, byteCount: byteCount, modified: modified) }

  /// Throws `source.changed` where a file is no longer what it was: then its members belong to no content that is known.
  /// A folder may change; it is read as far as its files are there, and has another fingerprint the next time. Where its times
  /// were set back, only its status tells, which another name changes, too: it counts while the file is read.
  package func checkUnchanged(whileRead: Bool = true) throws(SourceError) {
    guard kind == .archive || kind == .image else { return }
    do throws(FileError) {
      let now = try FileStatus(path: path)
      if let status, whileRead ? now.isUntouched(since: status) : now.isUnchanged(since: status) { return }
    } catch {
      throw Source.failure(error, path: path)
    }
    throw SourceError(
      .changed, "It was changed while it was being read; run again when nothing writes to it", path: path)
  }

  /// Opens it for reading its members.
  package func reader(limits: SourceLimits) throws(SourceError) -> any SourceReader {
    switch kind {
    case .archive: try ArchiveReader(path: path, size: byteCount, limits: limits)
    case .stream: try ArchiveReader(path: path, size: nil, limits: limits)
    case .folder: FolderReader(root: path, files: files, limits: limits)
    case .image: FolderReader(image: path, limits: limits)
    }
  }

  /// Reads all members and keeps nothing. Throws `SourceError` where the source can't be read further.
  package func walk(limits: SourceLimits) throws {
    var members = try reader(limits: limits)
    while try members.next(stored: nil) != nil {}
  }

  package static func failure(_ error: FileError, path: String) -> SourceError {
    switch error.number {
    case ENOENT, ENOTDIR:
      SourceError(.missing, "There is no such file or folder", path: path)
    case EACCES, EPERM:
      SourceError(.permission, "No permission to read it; give this user read access", path: path)
    case ENAMETOOLONG:
      SourceError(.missing, "Its name or its path is too long for the file system; give a shorter one", path: path)
    case ELOOP: SourceError(.missing, "Its links lead in a circle; give the file itself", path: path)
    case _ where error.isShortage:
      SourceError(
        .shortage, "A limit of the system was reached (\(error.message)); raise it, see `ulimit -a`, and run again",
        path: path)
    default: SourceError(.unreadable, "The system can't read it: \(error.message)", path: path)
    }
  }
}
