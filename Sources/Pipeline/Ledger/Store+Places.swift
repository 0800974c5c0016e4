import GRDB
import StreetCore

/// Queries by the place and time of photographs.
extension Store {
  /// The number of pictures that meet the other conditions of a query and have numbers, but are left out because their
  /// instant is unknown: they have no time, or no time zone.
  ///
  /// - Throws: `store.older_schema`, and the errors of ``forEachNumber(matching:_:)``.
  public func timelessPictures(matching query: NumberQuery) throws(StoreError) -> Int {
    guard query.captured != nil else { return 0 }
    return try read { db in
      let model = try query.model.map { try modelID(beginningWith: $0, db) }
      try checkPlaces(query, db)
      let (sql, arguments) = try Self.statement(for: query, of: model, db, of: .timeless)
      return try Int.fetchOne(db, sql: sql, arguments: arguments) ?? 0
    }
  }

  /// The number of pictures that a condition on places leaves out, although they meet the other conditions, because
  /// nothing says where they were taken; whether or not their instant is known. No index finds them, so only the first
  /// ``placelessExamined`` numbers are examined.
  ///
  /// - Throws: `store.older_schema`, and the errors of ``forEachNumber(matching:_:)``.
  package func placelessPictures(matching query: NumberQuery) throws(StoreError) -> CappedCount {
    guard query.near != nil || query.bounds != nil else { return CappedCount(value: 0, isExact: true) }
    return try read { db in
      let model = try query.model.map { try modelID(beginningWith: $0, db) }
      try checkPlaces(query, db)
      let (sql, arguments) = try Self.statement(for: query, of: model, db, of: .placeless)
      let row = try Row.fetchOne(db, sql: sql, arguments: arguments)
      let (examined, placeless) = (try row?.amount(0) ?? 0, try row?.amount(1) ?? 0)
      return CappedCount(value: placeless, isExact: examined < Self.placelessExamined)
    }
  }

  /// The numbers that are examined in search of pictures without a position: some 50 ms.
  static let placelessExamined = 20_000

  /// The pictures that a statement is about.
  enum Subject {
    /// Those that meet all conditions.
    case found
    /// Those that only a condition on instants excludes, because their instant is unknown.
    case timeless
    /// Those that a condition on places excludes, because their position is unknown.
    case placeless
  }

  /// Throws if a query has conditions on places or times, and the database's schema does not have these.
  func checkPlaces(_ query: NumberQuery, _ db: Database) throws {
    guard query.near != nil || query.bounds != nil || query.captured != nil, try !Self.hasPositions(db) else { return }
    throw StoreError.olderSchema(path, version: try Self.schemaVersion(db))
  }

  /// The conditions of a query on the table of positions, with their arguments.
  static func placeConditions(
    _ query: NumberQuery, of subject: Subject
  ) -> [(sql: String, arguments: StatementArguments)] {
    var conditions: [(sql: String, arguments: StatementArguments)] = []
    if let near = query.near, subject != .placeless {
      let centre = near.centre
      conditions.append(
        (
          "metres(positions.latitude, positions.longitude, ?, ?) <= ?",
          [centre.latitude, centre.longitude, near.metres]
        ))
    }
    if query.captured != nil, subject == .timeless {
      conditions.append(("positions.captured_offset IS NULL", []))
    } else if let captured = query.captured {
      conditions.append(
        (
          subject == .placeless
            ? "(positions.captured_offset IS NULL OR \(Self.instant) BETWEEN ? AND ?)"
            : "positions.captured_offset IS NOT NULL AND \(Self.instant) BETWEEN ? AND ?",
          [captured.lowerBound, captured.upperBound]
        ))
    }
    if query.bounds != nil, subject != .placeless { conditions.append(("positions.latitude IS NOT NULL", [])) }
    return conditions
  }

  /// SQL for the instant of a row of positions.
  private static let instant = "positions.captured_ms - positions.captured_offset * 60000"

  /// SQL for the table of positions and the tables before it, if few rows can match: those are found by the R*Tree, or
  /// by the index of instants. Nil if all numbers must be examined.
  static func placesFirst(_ query: NumberQuery, of subject: Subject) -> String? {
    guard subject != .placeless else { return nil }
    let near = query.near.map { GeographicBounds(around: $0.centre, metres: $0.metres) }
    let areas = [near, query.bounds].compactMap(\.self)
    guard !areas.isEmpty else { return query.captured != nil && subject == .found ? "positions" : nil }
    // Several ranges of one R*Tree are looked up separately.
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

  /// SQL for whether the result set of a row read every picture as a panorama.
  static let isPanorama = """
    , (SELECT instr(parameters, '"panoramas":1') > 0 FROM result_sets WHERE result_sets.id = newest.id) AS is_panorama
    """

  /// The SQL function `metres(latitude, longitude, latitude, longitude)`: the distance between two points, given in
  /// 1e-7 degrees; null if a point is invalid.
  static let metres = DatabaseFunction("metres", argumentCount: 4, pure: true) { values in
    let degrees = values.map { Int.fromDatabaseValue($0) }
    guard let north = degrees[0], let east = degrees[1], let otherNorth = degrees[2], let otherEast = degrees[3],
      let a = Coordinate(latitude: north, longitude: east),
      let b = Coordinate(latitude: otherNorth, longitude: otherEast)
    else { return nil }
    return GreatCircle.distance(a, b)
  }
}
