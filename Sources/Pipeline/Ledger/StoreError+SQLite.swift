import Foundation
import GRDB
import StreetCore

extension StoreError {
  /// Converts an error inside a database access.
  package init(_ error: any Error, path: String) {
    switch error {
    case let error as StoreError: self = error
    case let error as DatabaseError: self.init(sqlite: error, path: path)
    case let damage as Damage: self = .damaged(path, damage.description)
    default: self.init(code: .internal, message: "database \(path): \(error)", path: path)
    }
  }

  private init(sqlite error: DatabaseError, path: String) {
    let said = error.message ?? "\(error.resultCode)"
    switch error.resultCode {
    case .SQLITE_FULL:
      self.init(
        code: .full,
        message: "database \(path): no space is left; free some and run again; nothing stored is lost",
        path: path)
    // Exceeding the file size limit (RLIMIT_FSIZE) is EFBIG, which SQLite reports as an I/O error.
    case .SQLITE_IOERR:
      self.init(
        code: .io, message: "database \(path): \(said); check the disk and the limits on file size", path: path)
    case .SQLITE_BUSY, .SQLITE_LOCKED, .SQLITE_PROTOCOL:
      self.init(
        code: .busy, message: "database \(path): another run holds it; run again when that has ended",
        path: path)
    case .SQLITE_PERM, .SQLITE_READONLY, .SQLITE_AUTH:
      self.init(
        code: .permission,
        message: "database \(path): no permission to write it; fix its permissions or its folder's, or name another",
        path: path)
    case .SQLITE_CANTOPEN: self = .cannotOpen(DatabaseFile(path), said)
    case .SQLITE_NOMEM: self = .shortage(path, said)
    case .SQLITE_INTERRUPT:
      self.init(
        code: .timeLimit, message: "database \(path): the query took too long; request less, or add conditions",
        path: path)
    case .SQLITE_NOTADB: self = .notADatabase(path)
    // A statement that does not fit the tables: statements fit the tables of this application and version.
    case .SQLITE_CORRUPT, .SQLITE_ERROR, .SQLITE_MISMATCH: self = .damaged(path, said)
    default: self.init(code: .internal, message: "database \(path): \(said)", path: path)
    }
  }

  static func missing(_ path: String) -> StoreError {
    StoreError(
      code: .missing,
      message: "database \(path): does not exist or is empty; create it with `streetnum ingest`, or name "
        + "another",
      path: path)
  }

  package static func busy(_ path: String, _ other: Run) -> StoreError {
    StoreError(
      code: .busy,
      message: "database \(path): another run holds it, \(other.description); if it is stalled, continue it "
        + "(`kill -CONT \(other.process.number)`) or kill it; run again when it has ended",
      path: path)
  }

  /// Another run holds a source and has had no heartbeat for the time limit.
  package static func stalled(_ path: String, _ other: Run) -> StoreError {
    StoreError(
      code: .busy,
      message: "database \(path): another run holds it and appears stalled, \(other.description); continue it "
        + "(`kill -CONT \(other.process.number)`) or kill it, and run again",
      path: path)
  }

  static func taken(_ path: String) -> StoreError {
    StoreError(
      code: .busy,
      message:
        "database \(path): this run lost its lock (no heartbeat); another run took over; run again",
      path: path)
  }

  static func damaged(_ path: String, _ what: String) -> StoreError {
    StoreError(
      code: .damaged,
      message: "database \(path): is damaged (\(what)); restore a backup, or ingest into a new one",
      path: path)
  }

  static func notADatabase(_ path: String) -> StoreError {
    StoreError(
      code: .notADatabase, message: "database \(path): is not a streetnum database; name another", path: path)
  }

  static func newerSchema(_ path: String, version: Int) -> StoreError {
    StoreError(
      code: .newerSchema,
      message: "database \(path): has schema \(version), this version knows \(Schema.version); "
        + "use a newer streetnum",
      path: path)
  }

  static func olderSchema(_ path: String, version: Int) -> StoreError {
    StoreError(
      code: .olderSchema,
      message: "database \(path): has the older schema \(version); run `streetnum ingest` on it once, "
        + "which brings it up to date",
      path: path)
  }

  /// SQLite only reports "unable to open", so the file is examined for the cause.
  private static func cannotOpen(_ file: DatabaseFile, _ said: String) -> StoreError {
    func error(_ code: Code, _ what: String) -> StoreError {
      StoreError(code: code, message: "database \(file.path): \(what)", path: file.path)
    }
    if file.isFolder { return error(.cannotCreate, "is a folder; name a file") }
    guard let refusal = file.refusal else { return error(.io, "\(said); check its folder and the disk") }
    switch refusal.number {
    case ENOENT: return error(.cannotCreate, "its folder does not exist; create it first, or name another")
    case ENOTDIR: return error(.cannotCreate, "is below something that is not a folder; name another")
    case EACCES, EPERM: return .permission(file.path)
    case EROFS: return error(.permission, "lies on a read-only file system; name another")
    case ENAMETOOLONG:
      return error(.cannotCreate, "its name or its path is too long; give a shorter one")
    case ELOOP: return error(.cannotCreate, "its symbolic links form a loop; name the file itself")
    case ENOSPC, EDQUOT: return error(.full, "no space is left; free some and run again; nothing stored is lost")
    case _ where refusal.isShortage: return .shortage(file.path, refusal.message)
    default: return error(.io, "can't be opened: \(refusal.message)")
    }
  }

  static func shortage(_ path: String, _ what: String) -> StoreError {
    StoreError(
      code: .shortage,
      message:
        "database \(path): a limit of the system was reached (\(what)); raise it, see `ulimit -a`, and run again",
      path: path)
  }

  static func permission(_ path: String) -> StoreError {
    StoreError(
      code: .permission,
      message: "database \(path): can't be opened; fix its permissions or its folder's, or name another", path: path)
  }
}

/// The description of an invalid value in a row.
package struct Damage: Error, CustomStringConvertible {
  package let description: String
}
