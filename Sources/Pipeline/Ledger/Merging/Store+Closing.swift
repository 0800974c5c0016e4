import GRDB
import StreetCore

extension Store {
  /// Ends the connection of a store that nobody else uses, and leaves one file with nothing beside it and without the mode in
  /// which a reader would make something beside it.
  package func closeAsOneFile() throws(StoreError) {
    try access {
      let mode = try queue.writeWithoutTransaction { db in
        try String.fetchOne(db, sql: "PRAGMA journal_mode = DELETE")
      }
      guard mode == "delete" else { throw StoreError.busyLog(path) }
      try queue.close()
    }
  }
}

extension StoreError {
  static func busyLog(_ path: String) -> StoreError {
    StoreError(
      code: .busy, message: "database \(path): another process uses it; run again when that has ended", path: path)
  }
}
