import GRDB

extension Store {
  /// Throws `store.older_schema` where the database lacks tables that browsing needs: one that may not be written stays so.
  package func requireCurrentSchema() throws(StoreError) {
    let version = try read { db in try Self.schemaVersion(db) }
    guard version >= Schema.version else { throw .olderSchema(path, version: version) }
  }
}
