import GRDB
import StreetCore

/// Queries by where and when photographs were taken.
extension Store {
  /// How many pictures a query leaves out, of those that meet its other conditions and have numbers, because they have no instant:
  /// their time is not known, or its zone.
  ///
  /// - Throws: `store.older_schema`, and what ``forEachNumber(matching:_:)`` throws.
  public func timelessPictures(matching query: NumberQuery) throws(StoreError) -> Int {
    guard query.captured != nil else { return 0 }
    return try read { db in
      let model = try query.model.map { try modelID(beginningWith: $0, db) }
      try checkPlaces(query, db)
      let (sql, arguments) = try Self.statement(for: query, of: model, db, ofTimeless: true)
      return try Int.fetchOne(db, sql: sql, arguments: arguments) ?? 0
    }
  }

  /// Throws where a query asks for places or times and the database's schema has none.
  func checkPlaces(_ query: NumberQuery, _ db: Database) throws {
    guard query.near != nil || query.bounds != nil || query.captured != nil, try !Self.hasPositions(db) else { return }
    throw StoreError.olderSchema(path, version: try Self.schemaVersion(db))
  }

  /// The conditions of a query on the table of positions, with their arguments.
  static func placeConditions(
    _ query: NumberQuery, ofTimeless: Bool
  ) -> [(sql: String, arguments: StatementArguments)] {
    var conditions: [(sql: String, arguments: StatementArguments)] = []
    if let near = query.near {
      let centre = near.centre
      conditions.append(
        (
          "metres(positions.latitude, positions.longitude, ?, ?) <= ?",
          [centre.latitude, centre.longitude, near.metres]
        ))
    }
    if query.captured != nil, ofTimeless {
      conditions.append(("positions.captured_offset IS NULL", []))
    } else if let captured = query.captured {
      conditions.append(
        (
          "positions.captured_offset IS NOT NULL AND positions.captured_ms - positions.captured_offset * 60000 BETWEEN ? AND ?",
          [captured.lowerBound, captured.upperBound]
        ))
    }
    if query.bounds != nil { conditions.append(("positions.latitude IS NOT NULL", [])) }
    return conditions
  }

  /// The table of positions and what comes before it, where few of its rows can meet a query's conditions: those are looked up in
  /// the R*Tree, or in the index by instant. Nil where all numbers have to be looked at.
  static func placesFirst(_ query: NumberQuery, ofTimeless: Bool) -> String? {
    let near = query.near.map { GeographicBounds(around: $0.centre, metres: $0.metres) }
    let areas = [near, query.bounds].compactMap(\.self)
    guard !areas.isEmpty else { return query.captured != nil && !ofTimeless ? "positions" : nil }
    // Several ranges of one R*Tree are looked up one by one.
    let found = areas.map { area in
      let parts = area.parts.map { part in
        """
        SELECT id FROM positions_rtree
        WHERE east >= \(part.west) AND west <= \(part.east) AND north >= \(part.south) AND south <= \(part.north)
        """
      }
      return "SELECT id FROM (\(parts.joined(separator: " UNION ")))"
    }
    return "(\(found.joined(separator: " INTERSECT "))) AS area CROSS JOIN positions ON positions.id = area.id"
  }

  /// Whether the result set of a row was read with every picture taken for a panorama: a column of its own.
  static let isPanorama = """
    , (SELECT instr(parameters, '"panoramas":1') > 0 FROM result_sets WHERE result_sets.id = newest.id) AS is_panorama
    """

  /// SQL's `metres(latitude, longitude, latitude, longitude)`: how far two points are from each other, in degrees of 1e-7; null where
  /// one is none.
  static let metres = DatabaseFunction("metres", argumentCount: 4, pure: true) { values in
    let degrees = values.map { Int.fromDatabaseValue($0) }
    guard let north = degrees[0], let east = degrees[1], let otherNorth = degrees[2], let otherEast = degrees[3],
      let a = Coordinate(latitude: north, longitude: east),
      let b = Coordinate(latitude: otherNorth, longitude: otherEast)
    else { return nil }
    return GreatCircle.distance(a, b)
  }
}
