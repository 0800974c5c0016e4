import GRDB
import StreetCore

/// The indexes of a shard, which `quick_check` does not compare with their tables.
extension Shard {
  /// Throws if, in a table whose rows merging looks up, an index does not match the table or rows are not in key order.
  ///
  /// The other tables are the large ones. Merging never relies on their indexes, and `checkNumbers` verifies the order
  /// of their rows.
  func checkIndexes(_ db: Database) throws {
    let tables = try Set(String.fetchAll(db, sql: "SELECT name FROM sqlite_schema WHERE type = 'table'"))
    for table in Shard.lookedUp where tables.contains(table) {
      let verdict = try String.fetchOne(db, sql: "PRAGMA integrity_check('\(table)')")
      guard verdict == "ok" else {
        throw StoreError.damaged(shard: path, verdict ?? "integrity_check returned nothing")
      }
    }
  }

  private static let lookedUp = [
    "sources", "source_paths", "models", "result_sets", "positions", "position_statements", "sidecars", "decisions",
    "samples", "sample_items",
  ]
}
