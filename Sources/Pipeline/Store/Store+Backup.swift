import Foundation
import GRDB

extension Store {
  /// Writes a copy of the database as it is now to a file, whole or not at all; other runs go on meanwhile.
  ///
  /// The copy is compact, looked through from end to end, and on the disk before it gets its name. Costs reading the
  /// database and writing it once.
  ///
  /// - Throws: `store.not_a_database` where there is a file of another kind, `store.cannot_create` where that is the database
  ///   itself; what else writing can throw.
  public func backup(to path: String) throws(StoreError) {
    let target = DatabaseFile(path)
    if target.exists {
      let (own, other) = (try? FileStatus(following: self.path), try? FileStatus(following: path))
      if let own, let other, own.isSameFile(as: other) {
        throw StoreError(
          code: .cannotCreate, message: "backup \(path): is the database itself; name another file", path: path)
      }
      try Store.open(path: path, mode: .read).close()
    }
    let partial = DatabaseFile(path + ".partial-" + UUID().uuidString)
    defer { unlink(partial.plainPath) }
    do {
      // A transaction of its own, https://www.sqlite.org/lang_vacuum.html#vacuum_with_an_into_clause.
      do {
        try queue.writeWithoutTransaction { db in try db.execute(sql: "VACUUM INTO ?", arguments: [partial.plainPath]) }
      } catch let error as DatabaseError where [.SQLITE_CORRUPT, .SQLITE_NOTADB].contains(error.resultCode) {
        throw StoreError(error, path: self.path)  // What is damaged is what was read.
      }
      let copy = try DatabaseQueue(path: partial.plainPath)
      let verdict = try copy.read { db in try String.fetchOne(db, sql: "PRAGMA integrity_check(1)") }
      try copy.close()
      guard verdict == "ok" else { throw Damage(description: verdict ?? "integrity_check says nothing") }
      do throws(FileError) {
        try putInPlace(partial.plainPath, target.plainPath)
      } catch {
        throw StoreError(code: .io, message: "backup \(path): can't be put in place: \(error.message)", path: path)
      }
    } catch {
      throw StoreError(error, path: path)
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
