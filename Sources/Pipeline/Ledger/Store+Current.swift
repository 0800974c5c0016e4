import GRDB

extension Store {
  /// Throws `store.older_schema` if the database lacks tables for browsing; a read-only database can't be migrated.
  package func requireCurrentSchema() throws(StoreError) {
    let version = try read { db in try Self.schemaVersion(db) }
    guard version >= Schema.version else { throw .olderSchema(path, version: version) }
  }
}
