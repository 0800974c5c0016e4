import Foundation
import GRDB
package import StreetCore
package import StreetFormats

/// Writes found numbers to a GeoPackage: points in WGS 84 in a table `numbers` with an R*Tree.
///
/// The same numbers give the same bytes with the same SQLite version. Costs about 40 microseconds and 220 bytes of disk
/// space per number.
package final class GeoPackage: MapWriter {
  private let db: Database
  private let fields: [NumberField]
  private let row: Statement
  private let node: Statement
  private var points = SettingOut()
  private var count = 0
  /// The bounds in 1e-7 degrees; nil if there are no points.
  private var bounds: (west: Int, south: Int, east: Int, north: Int)?
  package private(set) var leftOut = 0

  /// The default columns in addition to the number.
  package static let fields: [NumberField] = [
    .confidence, .archive, .archiveSHA256, .image, .ordinal, .latitude, .longitude, .altitude, .accuracy, .heading,
    .direction, .capturedAt, .positionOrigin,
  ]

  /// Creates a file and lets `body` write numbers; returns how many were left out. An existing file must be empty.
  ///
  /// - Throws: `FileError` if the file can't be written; any error of `body`.
  package static func write(
    to path: String, fields: [NumberField] = fields, _ body: (any MapWriter) throws -> Void
  ) throws -> Int {
    do {
      var configuration = Configuration()
      configuration.label = "streetnum.geopackage"
      // Durability is not needed, because no other process sees the file before it is complete.
      configuration.prepareDatabase { db in
        try db.execute(sql: "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536")
      }
      let queue = try DatabaseQueue(path: path.hasPrefix("/") ? path : "./" + path, configuration: configuration)
      let leftOut = try queue.write { db in
        let package = try GeoPackage(db, fields: [.number] + fields.filter { $0 != .number })
        try body(package)
        return package.leftOut
      }
      try queue.close()
      return leftOut
    } catch let error as DatabaseError {
      throw FileError(error)
    }
  }

  /// Whether a file was made by ``write(to:fields:_:)`` and not changed since. Map programs record the time of a
  /// change, and list the layers and styles that they add.
  package static func isUnchangedExport(at path: String) -> Bool {
    var configuration = Configuration()
    configuration.readonly = true
    let isUnchanged = try? DatabaseQueue(path: path.hasPrefix("/") ? path : "./" + path, configuration: configuration)
      .read { db in try GeoPackageSchema.isUnchanged(db) }
    return isUnchanged ?? false
  }

  private init(_ db: Database, fields: [NumberField]) throws {
    (self.db, self.fields) = (db, fields)
    try GeoPackageSchema.create(columns: fields.map { ($0.rawValue, $0.columnType) }, in: db)
    let names = fields.map { ", \"\($0.rawValue)\"" }.joined()
    let places = String(repeating: ", ?", count: fields.count)
    row = try db.makeStatement(sql: "INSERT INTO numbers (fid, geom\(names)) VALUES (?, ?\(places))")
    node = try db.makeStatement(sql: "INSERT INTO rtree_numbers_geom VALUES (?, ?, ?, ?, ?)")
  }

  package func write(_ found: FoundNumber) throws {
    guard let point = points.point(of: found) else { return leftOut += 1 }
    count += 1
    let (north, east) = point.degrees
    try row.execute(
      arguments: [count, GeoPackageSchema.geometry(east: east, north: north)]
        + StatementArguments(fields.map { $0.value(in: found).stored }))
    try node.execute(arguments: [count, east, east, north, north])
    let known = bounds ?? (point.longitude, point.latitude, point.longitude, point.latitude)
    bounds = (
      min(known.west, point.longitude), min(known.south, point.latitude), max(known.east, point.longitude),
      max(known.north, point.latitude)
    )
  }

  package func end() throws {
    let edges = bounds.map { [$0.west, $0.south, $0.east, $0.north].map { Double($0) / Double(Position.unit) } }
    try GeoPackageSchema.finish(edges: edges, in: db)
  }
}

extension NumberField {
  /// The type of the field's column.
  fileprivate var columnType: String {
    switch self {
    case .ordinal, .width, .height, .left, .top, .boxWidth, .boxHeight, .generation: "INTEGER"
    case .confidence, .readConfidence, .latitude, .longitude, .altitude, .accuracy, .heading, .direction: "REAL"
    case .reviewersDiffer: "BOOLEAN"
    default: "TEXT"
    }
  }
}

extension FieldValue {
  /// The value as stored in SQLite.
  fileprivate var stored: (any DatabaseValueConvertible)? {
    switch self {
    case .integer(let number): number
    case .share(let share): share.map(Confidence.share)
    case .decimal(let value, let places): value.map { Double($0) / pow(10, Double(places)) }
    case .flag(let flag): flag
    case .text, .hash, .box, .digits: plain
    }
  }
}

extension FileError {
  /// The system error that corresponds to an SQLite error.
  fileprivate init(_ error: DatabaseError) {
    let number =
      switch error.resultCode {
      case .SQLITE_FULL: ENOSPC
      case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_READONLY: EACCES
      case .SQLITE_NOMEM: ENOMEM
      default: EIO
      }
    self.init(number: number)
  }
}
