import GRDB
import StreetCore

/// The indexes of a shard, which `quick_check` does not compare with their tables.
extension Shard {
  /// Throws where an index lacks a row of its table or has another one, and where rows are not in the order of their keys, in those
  /// tables whose rows merging looks up.
  ///
  /// Of the others, which are the large ones, it decides nothing by an index, and `checkNumbers` looks at the order of their rows.
  func checkIndexes(_ db: Database) throws {
    let tables = try Set(String.fetchAll(db, sql: "SELECT name FROM sqlite_schema WHERE type = 'table'"))
    for table in Shard.lookedUp where tables.contains(table) {
      let verdict = try String.fetchOne(db, sql: "PRAGMA integrity_check('\(table)')")
      guard verdict == "ok" else { throw StoreError.damaged(shard: path, verdict ?? "integrity_check says nothing") }
    }
  }

  private static let lookedUp = [
    "sources", "source_paths", "models", "result_sets", "positions", "position_statements", "sidecars", "decisions",
    "samples", "sample_items",
  ]
}
