import GRDB
package import StreetCore

/// Geotags in photographs that were read before these were stored.
extension Store {
  /// The SHA-256 of the newest sets' photographs whose bytes have not been examined by the current rules; with
  /// `zoning`, also those whose time has no zone. Costs reading all members.
  package func unreadHeaders(zoning: Bool) throws(StoreError) -> [String] {
    try read { db in
      try String.fetchAll(
        db,
        sql: """
          \(try Self.newestSets(db))
          SELECT DISTINCT members.sha256
          FROM newest JOIN members ON members.result_set_id = newest.id AND place = 1
          JOIN sources ON sources.id = newest.source_id
          LEFT JOIN positions ON positions.source_id = newest.source_id AND positions.sha256 = members.sha256
            AND positions.name = members.name
          WHERE members.sha256 IS NOT NULL AND members.state = 'done' AND kind <> 'stream'
            AND (coalesce(revision, 0) < ? OR (? AND captured_ms IS NOT NULL AND captured_offset IS NULL))
          ORDER BY members.sha256
          """, arguments: [GeotagRules.revision, zoning])
    }
  }

  /// Stores the statements in photographs' bytes, in all sources that contain them.
  package func keep(headers: [(sha256: String, statements: [GeotagStatement])]) throws(StoreError) {
    guard !headers.isEmpty else { return }
    try write { db in
      let places = try db.cachedStatement(
        sql: """
          SELECT DISTINCT source_id, name FROM members JOIN result_sets ON result_sets.id = result_set_id
          WHERE members.sha256 = ? AND members.state = 'done'
          """)
      for (sha256, statements) in headers {
        for row in try Row.fetchAll(places, arguments: [sha256]) {
          let key = PositionKey(
            source: Int64(try row.integer(0, in: 0...Int.max)), sha256: sha256, name: try row.text(1))
          try Self.insert(statements, revision: GeotagRules.revision, of: key, db)
        }
      }
    }
  }

  /// All sources except streams, with their paths.
  package func sourcePlaces() throws(StoreError) -> [(identity: String, paths: [String])] {
    try read { db in
      try Row.fetchAll(
        db, sql: "SELECT id, identity, name, kind FROM sources WHERE kind <> 'stream' ORDER BY identity"
      ).map { row in
        let paths =
          try row.text(3) == "folder" ? [row.text(2)] : try Self.paths(of: row.integer(0, in: 0...Int.max), db)
        return (try row.text(1), paths)
      }
    }
  }

  /// All sources except streams, with their names.
  package func sourceNames() throws(StoreError) -> [(identity: String, name: String)] {
    try read { db in
      try Row.fetchAll(db, sql: "SELECT identity, name FROM sources WHERE kind <> 'stream' ORDER BY name, identity")
        .map { (try $0.text(0), try $0.text(1)) }
    }
  }
}
