import GRDB

/// Erasing deleted bytes from the files.
extension Store {
  /// Makes this connection overwrite deleted data with zeros from now on.
  func deleteSecurely() throws(StoreError) {
    try access { try queue.writeWithoutTransaction { db in try db.execute(sql: "PRAGMA secure_delete = ON") } }
  }

  /// Rewrites the database without free pages and without remains of deleted rows in other pages, then empties the log.
  ///
  /// Other connections can read meanwhile, but must wait to write. Needs disk space for two copies of the database, one
  /// of them in the folder for temporary files.
  func rewrite() throws(StoreError) {
    try access {
      try queue.writeWithoutTransaction { db in
        // Freed pages are overwritten in the file before it is truncated.
        do { _ = try db.checkpoint(.passive) } catch ResultCode.SQLITE_BUSY {}
        try db.execute(sql: "VACUUM")
      }
    }
    try emptyLogOfAll()
  }

  /// Copies the log into the file and truncates it; waits for connections that read an earlier state.
  func emptyLogOfAll() throws(StoreError) {
    do {
      try access { try queue.writeWithoutTransaction { db in _ = try db.checkpoint(.truncate) } }
    } catch  where error.code == .busy {
      throw .logInUse(path)
    }
  }
}
