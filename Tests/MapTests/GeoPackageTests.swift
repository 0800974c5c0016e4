import Foundation
import GRDB
import Pipeline
import Testing

@Suite("GeoPackages")
struct GeoPackageTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func write(_ name: String, _ count: Int, fields: [NumberField] = GeoPackage.fields) throws -> String {
    let path = folder.path + "/" + name
    let leftOut = try GeoPackage.write(to: path, fields: fields) { writer in
      for place in 0..<count {
        let geotag = Geotag(
          position: try position(52 + Double(place / 3) * 1e-4, 179.9999 + Double(place % 2) * 1e-4),
          heading: place % 4 == 0 ? try heading(90) : nil)
        try writer.write(found("27", image: "\(place).png", place % 10 == 9 ? nil : geotag))
      }
      try writer.end()
    }
    #expect(leftOut == count / 10)
    return path
  }

  @Test("Every number with a position is a point with its columns, and lies in the index")
  func content() throws {
    let path = try write("a.gpkg", 100)
    let queue = try DatabaseQueue(path: path)
    try queue.read { db in
      #expect(try Int.fetchOne(db, sql: "PRAGMA application_id") == 0x4750_4B47)
      #expect(try Int.fetchOne(db, sql: "PRAGMA user_version") == 10_300)
      #expect(try String.fetchOne(db, sql: "PRAGMA integrity_check") == "ok")
      #expect(try Int.fetchOne(db, sql: "SELECT count(*) FROM numbers") == 90)
      #expect(try Int.fetchOne(db, sql: "SELECT count(DISTINCT geom) FROM numbers") == 90)
      let row = try #require(try Row.fetchOne(db, sql: "SELECT * FROM numbers WHERE image = '1.png'"))
      let known: [String: any DatabaseValueConvertible] = [
        "fid": 2, "number": "27", "confidence": 0.9, "archive": "a.tar", "ordinal": 0, "latitude": 52.0,
        "longitude": 180.0,
        "position_origin": "exif",
      ]
      for (column, value) in known { #expect(row[column] as DatabaseValue == value.databaseValue, "\(column)") }
      #expect((row["altitude"] as DatabaseValue).isNull)
      // 180 degrees east are 180 degrees west.
      #expect(
        (row["geom"] as Data).map { String(format: "%02x", $0) }.joined()
          == "47500001e6100000" + "0101000000" + "00000000008066c0" + "0000000000004a40")
      let outside = """
        SELECT count(*) FROM numbers LEFT JOIN rtree_numbers_geom ON id = fid
        WHERE id IS NULL OR latitude NOT BETWEEN miny - 0.001 AND maxy + 0.001
        """
      #expect(try Int.fetchOne(db, sql: outside) == 0)
    }
    try queue.close()
  }

  @Test("The same numbers are the same bytes")
  func same() throws {
    let files = try ["a.gpkg", "b.gpkg"].map { try Data(contentsOf: URL(fileURLWithPath: write($0, 500))) }
    #expect(files[0] == files[1] && files[0].count > 10_000)
  }

  @Test("The validator finds nothing wrong, and GDAL reads every point", arguments: [0, 1, 1_000])
  func valid(count: Int) throws {
    let path = try write("a.gpkg", count)
    if let said = try Program.runModule("osgeo_utils.samples.validate_gpkg", ["-k", path]) {
      #expect(said.code == 0, "\(said.text)")
    }
    if let said = try Program.run("/usr/bin/ogrinfo", ["-ro", "-so", path, "numbers"]) {
      #expect(said.code == 0 && said.text.contains("Feature Count: \(count - count / 10)\n"), "\(said.text)")
    }
  }

  @Test("Columns are those that are asked for, behind the number")
  func columns() throws {
    let path = try write("a.gpkg", 3, fields: [.box, .number, .heading])
    let queue = try DatabaseQueue(path: path)
    let columns = try queue.read { db in
      try Row.fetchAll(db, sql: "SELECT name, type FROM pragma_table_info('numbers')").map {
        "\($0[0] as String) \($0[1] as String)"
      }
    }
    #expect(columns == ["fid INTEGER", "geom POINT", "number TEXT", "box TEXT", "heading REAL"])
    try queue.close()
  }

  @Test("A file that can't be made is an error of the system's")
  func refused() throws {
    #expect(throws: FileError.self) { try write("missing/a.gpkg", 1) }
  }
}
