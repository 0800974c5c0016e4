import GRDB
import StreetCore

/// Positions, headings and times of photographs. No query, export or identity depends on them unless requested.
///
/// A photograph is identified by its source, its bytes and its name in the source. The statements of all origins are
/// stored, so that adding or deleting one updates the geotag that precedence chooses.
extension Store {
  static func hasPositions(_ db: Database) throws -> Bool { try schemaVersion(db) >= Schema.withPositions }

  /// The columns and the join that add geotags to a query with tables of `newest` sets and of `members`; rows without a
  /// geotag are kept. A database with an earlier schema has no positions.
  static func geotag(_ db: Database) throws -> (columns: String, join: String) {
    let columns = GeotagColumns.names + GeotagColumns.origins
    guard try hasPositions(db) else {
      return (columns.map { ", NULL AS \($0)" }.joined(), "")
    }
    return (
      columns.map { ", positions.\($0)" }.joined(),
      """
       LEFT JOIN positions ON positions.source_id = newest.source_id AND positions.sha256 = members.sha256
        AND positions.name = members.name
      """
    )
  }

  /// The geotag in the columns of a row from one on; nil if it is empty.
  static func geotag(_ row: Row, from column: Int) throws -> Geotag? {
    let origins = column + GeotagColumns.names.count
    let geotag = try row.geotag(
      column, position: row.origin(origins), heading: row.origin(origins + 1), time: row.origin(origins + 2))
    return geotag.isEmpty ? nil : geotag
  }

  /// The key of a photograph in a source.
  struct PositionKey: Hashable {
    var source: Int64
    var sha256: String
    var name: String
  }

  /// Replaces the statements of a photograph's own bytes, made by a revision of the rules.
  static func insert(_ statements: [GeotagStatement], revision: Int, of key: PositionKey, _ db: Database) throws {
    if let id = try positionID(of: key, db) {
      try db.cachedStatement(sql: "DELETE FROM position_statements WHERE position_id = ? AND sidecar = ''")
        .execute(arguments: [id])
      for statement in statements { try insert(statement, of: id, db) }
      try db.cachedStatement(sql: "UPDATE positions SET revision = ? WHERE id = ?").execute(arguments: [revision, id])
      try chooseAgain(id, db)
    } else {
      let id = try insertPosition(of: key, revision: revision, Geotag(choosingFrom: statements), db)
      for statement in statements { try insert(statement, of: id, db) }
    }
  }

  static func positionID(of key: PositionKey, _ db: Database) throws -> Int64? {
    try Int64.fetchOne(
      db.cachedStatement(sql: "SELECT id FROM positions WHERE source_id = ? AND sha256 = ? AND name = ?"),
      arguments: [key.source, key.sha256, key.name])
  }

  /// Adds or replaces the statement of one origin and file. Call `chooseAgain` afterwards.
  static func insert(_ statement: GeotagStatement, of id: Int64, _ db: Database) throws {
    let columns = GeotagColumns.names
    let sql = """
      INSERT OR REPLACE INTO position_statements (position_id, origin, sidecar, \(columns.joined(separator: ", ")))
      VALUES (?, ?, ?\(String(repeating: ", ?", count: columns.count)))
      """
    try db.cachedStatement(sql: sql).execute(
      arguments: [id, statement.origin.rawValue, statement.sidecar ?? ""] + statement.geotag.columns)
  }

  static func insertPosition(
    of key: PositionKey, revision: Int, _ chosen: Geotag, _ db: Database
  ) throws -> Int64 {
    let columns = GeotagColumns.names + GeotagColumns.origins
    let sql = """
      INSERT INTO positions (source_id, sha256, name, revision, \(columns.joined(separator: ", ")))
      VALUES (?, ?, ?, ?\(String(repeating: ", ?", count: columns.count)))
      """
    try db.cachedStatement(sql: sql).execute(
      arguments: [key.source, key.sha256, key.name, revision] + chosen.columns + chosen.originColumns)
    return db.lastInsertedRowID
  }

  /// The statements about a photograph, by precedence.
  static func statements(of id: Int64, _ db: Database) throws -> [GeotagStatement] {
    let sql = """
      SELECT origin, sidecar, \(GeotagColumns.names.joined(separator: ", ")) FROM position_statements WHERE position_id = ?
      """
    return try Row.fetchAll(db.cachedStatement(sql: sql), arguments: [id]).map { row in
      guard let origin = try row.origin(0) else { throw Damage(description: "a statement has no origin") }
      let sidecar = try row.text(1)
      return GeotagStatement(
        origin: origin, sidecar: sidecar.isEmpty ? nil : sidecar,
        geotag: try row.geotag(2, position: origin, heading: origin, time: origin))
    }.sorted()
  }

  /// The statements of a photograph's bytes, from the same bytes under another name in the same source; nil if they
  /// have not been examined by the current rules.
  static func headerStatements(like key: PositionKey, _ db: Database) throws -> [GeotagStatement]? {
    let id = try Int64.fetchOne(
      db.cachedStatement(sql: "SELECT id FROM positions WHERE source_id = ? AND sha256 = ? AND revision = ? LIMIT 1"),
      arguments: [key.source, key.sha256, GeotagRules.revision])
    return try id.map { id in try statements(of: id, db).filter { $0.sidecar == nil } }
  }

  /// Stores the geotag that precedence chooses from a photograph's statements.
  static func chooseAgain(_ id: Int64, _ db: Database) throws {
    let chosen = Geotag(choosingFrom: try statements(of: id, db))
    let columns = GeotagColumns.names + GeotagColumns.origins
    let sql = "UPDATE positions SET \(columns.map { "\($0) = ?" }.joined(separator: ", ")) WHERE id = ?"
    try db.cachedStatement(sql: sql).execute(arguments: chosen.columns + chosen.originColumns + [id])
  }

  /// Deletes positions of photographs that are in no set of their source any more; of all sources or one.
  static func dropOrphanedPositions(of source: Int64? = nil, _ db: Database) throws {
    try db.execute(
      sql: """
        DELETE FROM positions WHERE (? IS NULL OR source_id = ?1) AND NOT EXISTS (
          SELECT 1 FROM members JOIN result_sets ON result_sets.id = members.result_set_id
          WHERE members.sha256 = positions.sha256 AND members.name = positions.name
            AND result_sets.source_id = positions.source_id)
        """, arguments: [source])
  }

  /// The number of photographs with a row of positions, including those whose bytes state none.
  package func positionRowCount() throws(StoreError) -> Int {
    try read { db in
      try Self.hasPositions(db) ? Int.fetchOne(db, sql: "SELECT count(*) FROM positions") ?? 0 : 0
    }
  }

  /// Deletes all positions, headings and times, erases their bytes from the files, and shrinks the file; returns the
  /// number of photographs and of bytes freed. Costs writing the database once, and disk space for two copies.
  package func prunePositions() throws(StoreError) -> (positions: Int, bytes: Int) {
    try deleteSecurely()
    let before = try byteCount()
    let count = try write { db in
      let count = try Int.fetchOne(db, sql: "SELECT count(*) FROM positions") ?? 0
      try db.execute(sql: "DELETE FROM positions; DELETE FROM sidecars")
      return count
    }
    if count > 0 { try rewrite() }
    return (count, max(0, before - (try byteCount())))
  }
}
