import GRDB

/// The paths of sources.
extension Store {
  /// Records that a file is about to be moved, so that the ledger knows both paths in the meantime.
  package func expect(_ path: String, at target: String) throws(StoreError) {
    try write { db in
      try db.execute(
        sql: """
          INSERT INTO source_paths (path, source_id, byte_count, modified_ns, seen_at)
          SELECT ?, source_id, byte_count, modified_ns, \(Self.now) FROM source_paths WHERE path = ?
          ON CONFLICT (path) DO UPDATE SET source_id = excluded.source_id, byte_count = excluded.byte_count,
            modified_ns = excluded.modified_ns, seen_at = excluded.seen_at
          """, arguments: [target, path])
    }
  }

  /// The paths at which a source was seen, latest first.
  static func paths(of source: Int, _ db: Database) throws -> [String] {
    try String.fetchAll(
      db, sql: "SELECT path FROM source_paths WHERE source_id = ? ORDER BY seen_at DESC, path", arguments: [source])
  }

  /// Deletes a path where the file no longer is.
  package func forget(path: String) throws(StoreError) {
    try write { db in try db.execute(sql: "DELETE FROM source_paths WHERE path = ?", arguments: [path]) }
  }

  /// The paths below a folder at which files were last seen more than an hour ago, so that no running process is about
  /// to move a file there. A time in the future, from a wrong clock, counts as old.
  package func oldPaths(below folder: String) throws(StoreError) -> [String] {
    try read { db in
      // "0" is the character after "/".
      try String.fetchAll(
        db,
        sql: """
          SELECT path FROM source_paths
          WHERE path > ? AND path < ? AND abs(julianday(seen_at) - julianday('now')) > 1.0 / 24
          """, arguments: [folder + "/", folder + "0"])
    }
  }
}
