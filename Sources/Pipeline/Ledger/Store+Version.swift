import GRDB

extension Store {
  /// The version of SQLite.
  package static func sqliteVersion() throws(StoreError) -> String {
    let store = try Store.temporary()
    let version = try store.read { db in try String.fetchOne(db, sql: "SELECT sqlite_version()") }
    try store.close()
    return version ?? ""
  }
}
