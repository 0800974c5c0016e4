import DigitNet
import Foundation
import GRDB
import Pipeline
import Testing

/// Positions of photographs on the command line: what docs/maps.md shows, and panoramas.
@Suite("Maps")
struct MapCommandTests {
  private let workplace: Workplace

  init() throws { workplace = try Workplace() }

  /// Ingests the fixtures' photographs with the EXIF of a walk; false, and said, where there is no Python.
  private func walk() throws -> Bool {
    let script = Workplace.fixtures + "/../scripts/fixtures/positions.py"
    guard Workplace.has("python3") else {
      Issue.record("Skipped: there is no python3", severity: .warning)
      return false
    }
    let made = try workplace.shell("python3 \(script) $FIXTURES/street.tar walk.tar && streetnum ingest walk.tar")
    #expect(made.code == 0, "\(made.errors)")
    return true
  }

  @Test("Positions change no number, and are printed where they are asked for")
  func fields() throws {
    guard try walk() else { return }
    #expect(try workplace.shell("streetnum ingest --db plain.sqlite $FIXTURES/street.tar").code == 0)
    let what = "--fields image,number,confidence,box,digits --format ndjson --min-confidence 0"
    let plain = try workplace.shell("streetnum export --db plain.sqlite \(what)").output
    #expect(!plain.isEmpty)
    #expect(try workplace.shell("streetnum export \(what)").output == plain)
    let first =
      try workplace.shell(
        "streetnum query --image 0001.jpg --format csv --fields number,latitude,longitude,altitude,accuracy,heading,"
          + "heading_reference,heading_kind,captured_at,position_origin,heading_origin,captured_origin,direction"
      ).output.split(separator: "\n").last?.split(separator: ",") ?? []
    #expect(
      first.dropLast().joined(separator: ",")
        == "27,52.0800000,4.3100000,1.20,4.00,180.00,true,view,2026-07-15T08:30:00.000Z,exif,exif,exif")
    // New weights move the box by a pixel, and the direction with it.
    let direction = try #require(first.last.flatMap { Double($0) })
    #expect(abs(direction - 178.8) < 0.3)
    #expect(
      try workplace.shell(
        "streetnum query --db plain.sqlite --image 0001.jpg --format ndjson --fields direction,latitude"
      )
      .output == "{\"direction\": null, \"latitude\": null}\n")
  }

  @Test("query finds what is near, between degrees, and of a time")
  func conditions() throws {
    guard try walk() else { return }
    func images(_ conditions: String) throws -> [String] {
      let said = try workplace.shell("streetnum query --format csv --fields image \(conditions)")
      #expect(said.code == 0 && said.errors.isEmpty, "\(said.errors)")
      return said.output.split(separator: "\n").dropFirst().map(String.init)
    }
    #expect(try images("--near 52.08,4.31,13m") == ["0001.jpg", "0002.jpg"])
    #expect(try images("--near 52.08,4.31,0.001km --number 27") == ["0001.jpg"])
    #expect(try images("--bbox -5,52.08,4.3102,52.08") == ["0001.jpg", "0002.jpg"])
    #expect(try images("--bbox 170,-90,-170,90").isEmpty)
    #expect(try images("--from 2026-07-15T10:30:20+02:00 --to 2026-07-15T08:30:30Z") == ["0003.jpg", "0004.png"])
    #expect(try images("--to 2026-07-14").isEmpty)
    #expect(try images("--to 2026-07-15 --limit 1") == ["0001.jpg"])
    for wrong in [
      "--near 52,4,9", "--near 91,4,9m", "--near 52,4,-1m", "--bbox 1,2,3", "--bbox 1,3,2,2", "--from 2026-02-30",
      "--from noon", "--from 2026-07-15 --to 2026-07-14", "-o x", "--format geopackage", "--format shapefile",
    ] {
      #expect(try workplace.shell("streetnum query \(wrong)").code == 64, "\(wrong)")
    }
  }

  @Test("Every format of maps has every number with a place; the others are counted")
  func formats() throws {
    guard try walk() else { return }
    #expect(try workplace.shell("streetnum ingest $FIXTURES/crops.tar").code == 0)
    let all = try workplace.shell("streetnum export --fields archive --format csv").output.split(separator: "\n")
    let (located, others) = (all.filter { $0 == "walk.tar" }.count, all.filter { $0 == "crops.tar" }.count)
    #expect(located > 10 && others > 1)
    for (format, mark) in [("geojson", "\"Feature\""), ("osm", "<node "), ("gpx", "<wpt ")] {
      let said = try workplace.shell("streetnum export --format \(format)")
      #expect(said.code == 0 && said.output.components(separatedBy: mark).count == located + 1, "\(format)")
      #expect(said.errors == "streetnum: \(others) numbers left out: nothing says where the photograph was taken\n")
      #expect(try workplace.shell("streetnum query --format \(format)").output == said.output)
    }
    let made = try workplace.shell(
      "streetnum export --format geopackage -o a.gpkg && streetnum export --format geopackage -o b.gpkg && cmp a.gpkg b.gpkg"
        + " && streetnum query --near 52.08,4.31,1m --format geopackage -o b.gpkg && ls -A | grep -c partial")
    #expect(made.output == "0\n")
    for (file, count) in [("a.gpkg", located), ("b.gpkg", 1)] {
      let queue = try DatabaseQueue(path: workplace.path + "/" + file)
      #expect(try queue.read { db in try Int.fetchOne(db, sql: "SELECT count(*) FROM numbers") } == count)
      try queue.close()
    }
    // A layer that somebody has edited, and one that is somebody's own, are not replaced.
    for (file, change) in [
      ("a.gpkg", "UPDATE gpkg_contents SET last_change = '2026-11-26T12:00:00.000Z'"),
      ("b.gpkg", "INSERT INTO gpkg_contents (table_name, data_type) VALUES ('layer_styles', 'attributes')"),
    ] {
      let queue = try DatabaseQueue(path: workplace.path + "/" + file)
      try queue.write { db in try db.execute(sql: change) }
      try queue.close()
      let before = try Data(contentsOf: URL(fileURLWithPath: workplace.path + "/" + file))
      #expect(try workplace.shell("streetnum export --format geopackage -o \(file)").code == 64)
      #expect(try Data(contentsOf: URL(fileURLWithPath: workplace.path + "/" + file)) == before)
    }
    // What is no GeoPackage is never replaced.
    try workplace.write(Array("notes".utf8), "notes.txt")
    for other in ["streetnum.sqlite", "notes.txt"] {
      #expect(try workplace.shell("streetnum export --format geopackage -o \(other)").code == 64)
    }
    #expect(try workplace.shell("streetnum export --format geopackage -o missing/a.gpkg").code == 73)
    #expect(try workplace.shell("streetnum verify && cat notes.txt").output.hasSuffix("notes"))
  }

  /// A photograph of the fixtures whose columns begin inside its number 27; its XMP may say that it is a panorama.
  private func panorama(_ xmp: String?) throws -> [UInt8] {
    let image = try ImageDecoder.decode(TarMember.read("0001.jpg"))
    let first = Image.channels * 466
    let row = Image.channels * image.width
    let pixels = (0..<image.height).flatMap { y -> [UInt8] in
      Array(image.pixels[(y * row + first)..<(y + 1) * row] + image.pixels[y * row..<(y * row + first)])
    }
    let turned = Image(width: image.width, height: image.height, pixels: pixels)
    let jpeg = try #require(ImageEncoder.jpeg(turned, quality: 95))
    guard let xmp else { return jpeg }
    let packet =
      "http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF "
      + "xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:Description rdf:about=\"\" "
      + "xmlns:GPano=\"http://ns.google.com/photos/1.0/panorama/\" \(xmp)/></rdf:RDF></x:xmpmeta>"
    let count = packet.utf8.count + 2
    return jpeg.prefix(2) + [0xFF, 0xE1, UInt8(count >> 8), UInt8(count & 255)] + Array(packet.utf8) + jpeg.dropFirst(2)
  }

  private static let gpano =
    "GPano:ProjectionType=\"equirectangular\" GPano:FullPanoWidthPixels=\"960\" GPano:CroppedAreaLeftPixels=\"0\" "
    + "GPano:CroppedAreaImageWidthPixels=\"960\" GPano:PoseHeadingDegrees=\"90\""

  @Test(
    "A panorama by its XMP is read across its seam; a part of a turn and a flat picture are not, unless that is asked for"
  )
  func panoramas() throws {
    try workplace.write(panorama(Self.gpano), "turn.jpg")
    let part = Self.gpano.replacing("ImageWidthPixels=\"960", with: "ImageWidthPixels=\"900")
    try workplace.write(panorama(part), "part.jpg")
    try workplace.write(panorama(nil), "flat.jpg")
    func numbers(_ command: String) throws -> [String] {
      let said = try workplace.shell(command + " --format csv").output.split(separator: "\n").dropFirst()
      return said.map { String($0.split(separator: ",", omittingEmptySubsequences: false)[6]) }.sorted()
    }
    #expect(try numbers("streetnum detect turn.jpg") == ["27"])
    #expect(try numbers("streetnum detect part.jpg") != ["27"] && numbers("streetnum detect flat.jpg") != ["27"])
    #expect(try numbers("streetnum detect --panorama flat.jpg") == ["27"])

    #expect(try workplace.shell("streetnum ingest turn.jpg flat.jpg && streetnum ingest --panorama flat.jpg").code == 0)
    let fields = "--fields image,number,width,left,box_width,direction --format csv"
    let found = try workplace.shell("streetnum query \(fields)").output.split(separator: "\n").dropFirst()
    #expect(found.count == 2)
    for line in found {
      let values = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      let (left, width) = (try #require(Int(values[3])), try #require(Int(values[4])))
      #expect(values[1] == "27" && left < 960 && left + width > 960, "\(line)")
      let direction = ((Double(left) + Double(width) / 2) / 960 * 360 - 180 + 90).truncatingRemainder(dividingBy: 360)
      #expect(values[5] == (values[0] == "turn.jpg" ? String(format: "%.2f", direction) : ""), "\(line)")
    }
    // Another method, so that both results of the flat picture are there; crops go across the seam; all is sound.
    func count(_ sql: String) throws -> Int? {
      try DatabaseQueue(path: workplace.path + "/streetnum.sqlite").read { db in try Int.fetchOne(db, sql: sql) }
    }
    let onSeam = "SELECT count(*) FROM crops WHERE box_left < 960 AND part_left + part_width > 960"
    #expect(try count("SELECT count(DISTINCT method) FROM result_sets") == 2)
    #expect(try count(onSeam) == 2)
    #expect(try workplace.shell("streetnum verify").code == 0)
    for what in ["turn.jpg", "--number 27"] {
      let shown = try workplace.shell("streetnum show \(what) -o shown.png")
      #expect(shown.code == 0 && shown.output.contains("27"), "\(shown.errors)")
    }
    // Crops that were dropped are cut again.
    #expect(try workplace.shell("streetnum prune --crops && streetnum backfill --crops").code == 0)
    #expect(try count(onSeam) == 2)
  }
}
