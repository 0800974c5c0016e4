import Foundation
import GRDB

/// The tables of a GeoPackage (OGC 12-128r18, version 1.3.1) with one table of points.
enum GeoPackageSchema {
  /// The application id "GPKG" and the version 1.3.
  private static let (applicationID, version) = (0x4750_4B47, 10_300)
  /// The recorded time of the last change. It is constant, so that two exports of the same numbers have the same bytes.
  private static let lastChange = "1970-01-01T00:00:00.000Z"
  /// The description of the table of numbers.
  private static let about = "House numbers that streetnum read in photographs"

  /// Creates the tables, without the triggers, which need functions that SQLite does not have.
  static func create(columns: [(name: String, type: String)], in db: Database) throws {
    try db.execute(sql: "PRAGMA application_id = \(applicationID); PRAGMA user_version = \(version)")
    try db.execute(sql: tables)
    for system in referenceSystems {
      try db.execute(
        sql: "INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, ?)",
        arguments: [system.name, system.id, system.organisation, system.id, system.definition, system.description])
    }
    let definitions = columns.map { ", \"\($0.name)\" \($0.type)" }.joined()
    try db.execute(
      sql: "CREATE TABLE numbers (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom POINT\(definitions))")
    try db.execute(sql: "CREATE VIRTUAL TABLE rtree_numbers_geom USING rtree(id, minx, maxx, miny, maxy)")
    try db.execute(sql: description, arguments: [lastChange])
  }

  /// Whether a database contains only these tables, unchanged since they were made.
  static func isUnchanged(_ db: Database) throws -> Bool {
    let contents = try Row.fetchAll(db, sql: "SELECT table_name, description, last_change FROM gpkg_contents")
    guard contents.count == 1 else { return false }
    return (0..<3).map { String.fromDatabaseValue(contents[0][$0]) } == ["numbers", about, lastChange]
  }

  /// Records the extent of the points, as west, south, east and north, and adds the triggers that maintain the R*Tree.
  static func finish(edges: [Double]?, in db: Database) throws {
    if let edges {
      try db.execute(
        sql: "UPDATE gpkg_contents SET (min_x, min_y, max_x, max_y) = (?, ?, ?, ?)",
        arguments: StatementArguments(edges))
    }
    for trigger in triggers { try db.execute(sql: trigger) }
  }

  /// A point in the encoding of the standard's clause 2.1.3: a header with the byte order and the reference system,
  /// followed by WKB.
  static func geometry(east: Double, north: Double) -> Data {
    var bytes: [UInt8] = [0x47, 0x50, 0, 1]
    func append(_ value: some FixedWidthInteger) { withUnsafeBytes(of: value.littleEndian) { bytes += $0 } }
    append(Int32(4326))
    bytes.append(1)
    append(UInt32(1))
    append(east.bitPattern)
    append(north.bitPattern)
    return Data(bytes)
  }

  private static let tables = """
    CREATE TABLE gpkg_spatial_ref_sys (
      srs_name TEXT NOT NULL,
      srs_id INTEGER NOT NULL PRIMARY KEY,
      organization TEXT NOT NULL,
      organization_coordsys_id INTEGER NOT NULL,
      definition TEXT NOT NULL,
      description TEXT
    );
    CREATE TABLE gpkg_contents (
      table_name TEXT NOT NULL PRIMARY KEY,
      data_type TEXT NOT NULL,
      identifier TEXT UNIQUE,
      description TEXT DEFAULT '',
      last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
      min_x DOUBLE,
      min_y DOUBLE,
      max_x DOUBLE,
      max_y DOUBLE,
      srs_id INTEGER,
      CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id)
    );
    CREATE TABLE gpkg_geometry_columns (
      table_name TEXT NOT NULL,
      column_name TEXT NOT NULL,
      geometry_type_name TEXT NOT NULL,
      srs_id INTEGER NOT NULL,
      z TINYINT NOT NULL,
      m TINYINT NOT NULL,
      CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
      CONSTRAINT uk_gc_table_name UNIQUE (table_name),
      CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents (table_name),
      CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id)
    );
    CREATE TABLE gpkg_extensions (
      table_name TEXT,
      column_name TEXT,
      extension_name TEXT NOT NULL,
      definition TEXT NOT NULL,
      scope TEXT NOT NULL,
      CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name)
    );
    """

  private static let description = """
    INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change, srs_id)
    VALUES ('numbers', 'features', 'numbers', '\(about)', ?, 4326);
    INSERT INTO gpkg_geometry_columns VALUES ('numbers', 'geom', 'POINT', 4326, 0, 0);
    INSERT INTO gpkg_extensions
    VALUES ('numbers', 'geom', 'gpkg_rtree_index', 'http://www.geopackage.org/spec120/#extension_rtree', 'write-only');
    """

  private struct ReferenceSystem {
    let name: String
    let id: Int
    let organisation, definition, description: String
  }

  /// The reference systems that every GeoPackage must contain.
  private static let referenceSystems = [
    ReferenceSystem(
      name: "Undefined cartesian SRS", id: -1, organisation: "NONE", definition: "undefined",
      description: "undefined cartesian coordinate reference system"),
    ReferenceSystem(
      name: "Undefined geographic SRS", id: 0, organisation: "NONE", definition: "undefined",
      description: "undefined geographic coordinate reference system"),
    ReferenceSystem(
      name: "WGS 84", id: 4326, organisation: "EPSG",
      definition:
        #"GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],"#
        + #"AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],"#
        + #"UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4326"]]"#,
      description: "longitude and latitude in degrees on the WGS 84 ellipsoid"),
  ]

  /// The triggers that the R*Tree extension requires (annex F.3). Programs that change points provide their functions.
  private static let triggers: [String] = {
    let (fid, geometry) = ("fid", "geom")
    let isPoint = "(NEW.\(geometry) NOTNULL AND NOT ST_IsEmpty(NEW.\(geometry)))"
    let isNone = "(NEW.\(geometry) ISNULL OR ST_IsEmpty(NEW.\(geometry)))"
    let edges = ["ST_MinX", "ST_MaxX", "ST_MinY", "ST_MaxY"].map { "\($0)(NEW.\(geometry))" }.joined(separator: ", ")
    let insert = "INSERT OR REPLACE INTO rtree_numbers_geom VALUES (NEW.\(fid), \(edges));"
    let delete = "DELETE FROM rtree_numbers_geom WHERE id = OLD.\(fid);"
    func trigger(_ name: String, _ event: String, when condition: String, _ body: String) -> String {
      "CREATE TRIGGER rtree_numbers_geom_\(name) AFTER \(event) ON numbers WHEN \(condition) BEGIN \(body) END"
    }
    let (same, other) = ("OLD.\(fid) = NEW.\(fid)", "OLD.\(fid) != NEW.\(fid)")
    return [
      trigger("insert", "INSERT", when: isPoint, insert),
      trigger("update1", "UPDATE OF \(geometry)", when: "\(same) AND \(isPoint)", insert),
      trigger("update2", "UPDATE OF \(geometry)", when: "\(same) AND \(isNone)", delete),
      trigger("update3", "UPDATE", when: "\(other) AND \(isPoint)", delete + " " + insert),
      trigger(
        "update4", "UPDATE", when: "\(other) AND \(isNone)",
        "DELETE FROM rtree_numbers_geom WHERE id IN (OLD.\(fid), NEW.\(fid));"),
      trigger("delete", "DELETE", when: "OLD.\(geometry) NOTNULL", delete),
    ]
  }()
}
