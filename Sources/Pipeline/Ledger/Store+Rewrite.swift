import GRDB

/// How bytes that are no longer needed leave the files.
extension Store {
  /// From now on what this connection deletes is overwritten with zeros.
  func deleteSecurely() throws(StoreError) {
    try access { try queue.writeWithoutTransaction { db in try db.execute(sql: "PRAGMA secure_delete = ON") } }
  }

  /// Writes the database anew from the rows that it holds, without the free pages and the remains of rows that pages keep which
  /// were split; then empties the log.
  ///
  /// Others read meanwhile, and wait for it to write. Needs room for two copies of the database, one of them where temporary
  /// files go.
  func rewrite() throws(StoreError) {
    try access {
      try queue.writeWithoutTransaction { db in
        // Pages that were freed are zeros in the file, too, before it is cut short.
        do { _ = try db.checkpoint(.passive) } catch ResultCode.SQLITE_BUSY {}
        try db.execute(sql: "VACUUM")
      }
    }
    try emptyLogOfAll()
  }

  /// Takes the log into the file and cuts it to nothing; waits for those who read an earlier state.
  func emptyLogOfAll() throws(StoreError) {
    do {
      try access { try queue.writeWithoutTransaction { db in _ = try db.checkpoint(.truncate) } }
    } catch  where error.code == .busy {
      throw .logInUse(path)
    }
  }
}
