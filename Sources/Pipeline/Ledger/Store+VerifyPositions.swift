import GRDB
import StreetCore

extension Store {
  /// Invariants of positions, which earlier schemas do not have.
  static let invariantsOfPositions = [
    (
      """
      SELECT sources.name AS source, positions.name FROM positions JOIN sources ON sources.id = source_id
      WHERE NOT EXISTS (
        SELECT 1 FROM members JOIN result_sets ON result_sets.id = result_set_id
        WHERE members.sha256 = positions.sha256 AND members.name = positions.name
          AND result_sets.source_id = positions.source_id)
      """, "a position belongs to no picture"
    ),
    (
      """
      SELECT positions.name, sidecar FROM position_statements JOIN positions ON positions.id = position_id
      WHERE sidecar <> '' AND NOT EXISTS (
        SELECT 1 FROM sidecars WHERE sidecars.source_id = positions.source_id AND sidecars.sha256 = sidecar)
      """, "a position is stated by an unknown file"
    ),
    (
      """
      SELECT positions.id AS position, name FROM positions LEFT JOIN positions_rtree USING (id)
      WHERE (longitude, longitude, latitude, latitude) IS NOT (west, east, south, north)
      """, "a position differs from its index entry"
    ),
    (
      "SELECT id AS position FROM positions_rtree WHERE id NOT IN (SELECT id FROM positions)",
      "an index entry has no position"
    ),
  ]

  /// The first photographs, at most `limit`, whose stored geotag is not the one that precedence chooses from their
  /// statements. Costs reading both tables.
  static func wrongChoices(_ db: Database, limit: Int) throws -> [String] {
    let names = GeotagColumns.names
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT origin, sidecar, \(names.map { "position_statements.\($0)" }.joined(separator: ", ")),
          \((names + GeotagColumns.origins).map { "positions.\($0)" }.joined(separator: ", ")), id, name
        FROM positions LEFT JOIN position_statements ON position_id = id ORDER BY id
        """)
    let chosen = 2 + names.count
    let id = chosen + names.count + GeotagColumns.origins.count
    var (wrong, statements) = ([String](), [GeotagStatement]())
    var last: (id: Int, name: String, stored: Geotag)?
    func close() {
      if let last, last.stored != Geotag(choosingFrom: statements) { wrong.append(last.name) }
      statements = []
    }
    while let row = try rows.next(), wrong.count < limit {
      let next = try row.integer(id, in: 0...Int.max)
      if last?.id != next {
        close()
        last = (next, try row.text(id + 1), try geotag(row, from: chosen) ?? Geotag())
      }
      if let origin = try row.origin(0) {
        let sidecar = try row.text(1)
        statements.append(
          GeotagStatement(
            origin: origin, sidecar: sidecar.isEmpty ? nil : sidecar,
            geotag: try row.geotag(2, position: origin, heading: origin, time: origin)))
      }
    }
    if wrong.count < limit { close() }
    return wrong
  }
}
