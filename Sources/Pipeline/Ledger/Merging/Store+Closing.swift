import GRDB
import StreetCore

extension Store {
  /// Closes a store that no other process uses, and leaves a single file that is not in WAL mode, so that readers
  /// create no files next to it.
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
