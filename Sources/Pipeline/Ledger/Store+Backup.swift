import Foundation
import GRDB
import StreetCore

extension Store {
  /// Writes a consistent copy of the database to a file, atomically; other runs continue meanwhile.
  ///
  /// The copy is compact, checked completely, and synced to disk before it gets its name. Costs reading the database
  /// and writing it once.
  ///
  /// - Throws: `store.not_a_database` if the path is a file of another kind; `store.cannot_create` if it is the
  ///   database itself or another database; and the other errors of writing.
  public func backup(to path: String) throws(StoreError) {
    let target: DatabaseFile
    do throws(FileError) {
      target = DatabaseFile(try destination(of: DatabaseFile(path).plainPath))
    } catch {
      throw StoreError(
        code: .cannotCreate, message: "backup \(path): can't be made: \(error.message)", path: path)
    }
    if paths.contains(where: { leadToSameFile($0, target.path) }) {
      throw StoreError(
        code: .cannotCreate, message: "backup \(path): is a file of the database itself; name another", path: path)
    }
    if target.exists { try checkIsOlderBackup(path) }
    // SQLite would take the log for part of the new file.
    if target.hasLog {
      throw StoreError(
        code: .cannotCreate,
        message:
          "backup \(path): a log of another database (\(path)-wal or -journal) is next to it; remove that, or name "
          + "another file", path: path)
    }
    let folder = URL(fileURLWithPath: target.path).deletingLastPathComponent().path
    PartialFile.removeLeftovers(in: folder)
    let temporary = PartialFile(in: folder)
    let partial = DatabaseFile(temporary.path)
    defer { withExtendedLifetime(temporary) { for path in partial.paths { unlink(path) } } }
    do {
      // VACUUM INTO is a transaction of its own, https://www.sqlite.org/lang_vacuum.html#vacuum_with_an_into_clause.
      do {
        try queue.writeWithoutTransaction { db in try db.execute(sql: "VACUUM INTO ?", arguments: [partial.plainPath]) }
      } catch let error as DatabaseError where [.SQLITE_CORRUPT, .SQLITE_NOTADB].contains(error.resultCode) {
        throw failure(error)  // What is damaged is what was read.
      }
      try checkUnchanged()
      let copy = try DatabaseQueue(path: partial.plainPath)
      let verdict = try copy.read { db in try String.fetchOne(db, sql: "PRAGMA integrity_check(1)") }
      try copy.close()
      guard verdict == "ok" else { throw Damage(description: verdict ?? "integrity_check returned nothing") }
      do throws(FileError) {
        try putInPlace(partial.plainPath, target.plainPath)
      } catch {
        throw StoreError(code: .io, message: "backup \(path): can't be put in place: \(error.message)", path: path)
      }
    } catch {
      throw StoreError(error, path: path)
    }
  }

  /// Throws if a file is not an earlier state of this database.
  private func checkIsOlderBackup(_ path: String) throws(StoreError) {
    func refused(_ code: StoreError.Code, _ what: String) -> StoreError {
      StoreError(
        code: code, message: "backup \(path): is \(what), which is not replaced; name another file", path: path)
    }
    do throws(StoreError) {
      let other = try Store.open(path: path, mode: .read)
      let (theirs, ours) = (try other.past(), try past())
      try other.close()
      let isOlder =
        theirs.runs.isEmpty ? theirs.sources.isSubset(of: ours.sources) : theirs.runs.isSubset(of: ours.runs)
      // Decisions belong to no run. When a picture was forgotten, so were the decisions on it.
      let lost = Set(theirs.decisions.filter { ours.decisions[$0.key] == nil }.values)
      guard isOlder, try !hasAny(ofPictures: lost) else {
        throw refused(.cannotCreate, "another database, or a backup that was changed after it was made")
      }
    } catch  where error.code == .notADatabase {
      throw refused(.notADatabase, "not a streetnum database")
    }
  }

  /// What every later state of a database still contains: its runs and decisions, or its sources if it was written
  /// without runs. Schema 1 had no runs.
  private func past() throws(StoreError) -> (runs: Set<String>, sources: Set<String>, decisions: [String: String]) {
    try read { db in
      let columns = "id || ' ' || host || ' ' || process_id || ' ' || process_mark || ' ' || started_at"
      return (
        try Self.schemaVersion(db) > 1 ? Set(String.fetchAll(db, sql: "SELECT \(columns) FROM runs")) : [],
        try Set(String.fetchAll(db, sql: "SELECT identity FROM sources")),
        try Self.hasDecisions(db) ? Self.picturesOfDecisions(db) : [:]
      )
    }
  }

  private static func picturesOfDecisions(_ db: Database) throws -> [String: String] {
    var pictures: [String: String] = [:]
    let rows = try Row.fetchCursor(db, sql: "SELECT id, sha256 FROM decisions")
    while let row = try rows.next() { pictures[try row.text(0)] = try row.text(1) }
    return pictures
  }

  private func hasAny(ofPictures digests: Set<String>) throws(StoreError) -> Bool {
    try read { db in
      try digests.contains { digest in
        try Bool.fetchOne(
          db.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM members WHERE sha256 = ?)"), arguments: [digest])
          == true
      }
    }
  }

  private func putInPlace(_ file: String, _ target: String) throws(FileError) {
    let descriptor = try uninterrupted { Foundation.open(file, O_RDWR | O_CLOEXEC) }
    defer { Foundation.close(descriptor) }
    try uninterrupted { fsync(descriptor) }
    try uninterrupted { rename(file, target) }
    try syncFolder(URL(fileURLWithPath: target).deletingLastPathComponent().path)
  }
}
