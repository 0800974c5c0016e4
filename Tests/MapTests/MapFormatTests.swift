import Foundation
import Pipeline
import Testing

@Suite("Formats of maps")
struct MapFormatTests {
  /// Two numbers of one photograph, one of another whose name needs escaping, and one without a position.
  private static func numbers() throws -> [FoundNumber] {
    let time = try #require(
      CaptureTime(year: 2026, month: 7, day: 15, hour: 10, minute: 30, offset: 120, origin: .exif))
    let geotag = Geotag(
      position: try position(52.1, 4.3, altitude: -250), heading: try heading(0), time: time, focalLength: 18)
    let local = CaptureTime(milliseconds: time.milliseconds, offset: nil, origin: .exif)
    return [
      found("12", left: 310, geotag), found("14", left: 310, geotag),
      found("007", image: "a&b<\"\u{1}é.png", Geotag(position: try position(-0.0000001, -180), time: local)),
      found("9", nil),
    ]
  }

  private static func text(_ format: MapFormat, _ numbers: [FoundNumber]) throws -> (text: String, leftOut: Int) {
    var text = ""
    let writer = format.writer { text += $0 }
    for number in numbers { try writer.write(number) }
    try writer.end()
    return (text, writer.leftOut)
  }

  @Test("GeoJSON has a point a line, longitude first, and numbers stay numbers")
  func geojson() throws {
    let (text, leftOut) = try Self.text(.geojson, Self.numbers())
    #expect(leftOut == 1)
    let lines = text.split(separator: "\n")
    #expect(lines.first == #"{"type": "FeatureCollection", "features": ["# && lines.last == "]}" && lines.count == 5)
    let known = #""streetnum:confidence": 0.9000, "streetnum:archive": "a.tar", "streetnum:image": "1.png", "#
    let camera = #""streetnum:latitude": 52.1000000, "streetnum:longitude": 4.3000000, "#
    let rest = #""streetnum:captured_at": "2026-07-15T08:30:00.000Z", "streetnum:position_origin": "exif"}}"#
    #expect(
      lines[1] == #"{"type": "Feature", "geometry": {"type": "Point", "coordinates": [4.3000000, 52.1000809]}, "#
        + #""properties": {"addr:housenumber": "12", "# + known + camera
        + #""streetnum:heading": 0.00, "streetnum:direction": 0.00, "# + rest + ",")
    #expect(lines[3].contains(#""coordinates": [-180.0000000, -0.0000001]"#))
    #expect(lines[3].contains(#""streetnum:image": "a&b<\"\u0001é.png""#))
    #expect(lines[3].contains(#""streetnum:captured_at": "2026-07-15T10:30:00.000""#))
    #expect(try Self.text(.geojson, []).text == "{\"type\": \"FeatureCollection\", \"features\": [\n]}\n")
  }

  @Test("OpenStreetMap XML is never uploaded, and its nodes are new ones")
  func osm() throws {
    let (text, leftOut) = try Self.text(.osm, Self.numbers())
    #expect(leftOut == 1)
    #expect(
      text.hasPrefix(
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <osm version="0.6" generator="streetnum" upload="never">
          <node id="-1" visible="true" lat="52.1000809" lon="4.3000000">
            <tag k="addr:housenumber" v="12"/>
            <tag k="streetnum:confidence" v="0.9000"/>
            <tag k="streetnum:archive" v="a.tar"/>
            <tag k="streetnum:image" v="1.png"/>

        """))
    #expect(text.contains("  <node id=\"-3\" visible=\"true\" lat=\"-0.0000001\" lon=\"-180.0000000\">\n"))
    #expect(text.contains("v=\"a&amp;b&lt;&quot;\u{FFFD}é.png\""))
    #expect(text.hasSuffix("  </node>\n</osm>\n") && text.matches(of: /<node\b/).count == 3)
    #expect(try Self.text(.osm, []).text.hasSuffix("upload=\"never\">\n</osm>\n"))
  }

  @Test("GPX has waypoints whose name is the number, and a time where it is an instant")
  func gpx() throws {
    let (text, leftOut) = try Self.text(.gpx, Self.numbers())
    #expect(leftOut == 1)
    #expect(
      text.contains(
        """
          <wpt lat="52.1000809" lon="4.3000000">
            <ele>-2.50</ele>
            <time>2026-07-15T08:30:00.000Z</time>
            <name>12</name>
            <desc>0.9000, 1.png</desc>
            <extensions>
              <streetnum:confidence>0.9000</streetnum:confidence>

        """))
    #expect(text.matches(of: /<time>/).count == 2 && text.matches(of: /<wpt\b/).count == 3)
    #expect(try Self.text(.gpx, []).text.hasSuffix("</gpx>\n"))
  }

  @Test("Fields that are asked for become tags with the prefix; the number stays first")
  func fields() throws {
    var text = ""
    let writer = MapFormat.geojson.writer(of: [.box, .number, .altitude]) { text += $0 }
    try writer.write(#require(Self.numbers().first))
    #expect(
      text.hasSuffix(
        #""properties": {"addr:housenumber": "12", "streetnum:box": [310, 40, 20, 20], "streetnum:altitude": -2.50}}"#))
  }

  @Test(
    "GDAL reads as many numbers as were written",
    arguments: [(MapFormat.geojson, "a"), (.gpx, "waypoints"), (.osm, "points")])
  func gdal(format: MapFormat, layer: String) throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/a." + format.rawValue
    try Self.text(format, Self.numbers()).text.write(toFile: path, atomically: true, encoding: .utf8)
    // Its driver of OpenStreetMap's XML takes negative ids only so.
    let options = ["--config", "OSM_USE_CUSTOM_INDEXING", "NO", "-ro", "-q"]
    guard let said = try Program.run("/usr/bin/ogrinfo", options + [path, layer]) else { return }
    #expect(said.code == 0 && said.text.matches(of: /OGRFeature\(/).count == 3, "\(said.text)")
  }

  @Test("GeoJSON is valid by the schema of feature collections of points")
  func schema() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/a.geojson"
    try Self.text(.geojson, Self.numbers()).text.write(toFile: path, atomically: true, encoding: .utf8)
    let schema = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/feature-collection.schema.json"
    guard let said = try Program.runModule("jsonschema", ["-i", path, schema]) else { return }
    #expect(said.code == 0, "\(said.text)")
    // The schema finds what is wrong.
    try Self.text(.geojson, Self.numbers()).text.replacing("4.3000000, 52", with: "4.3000000, 152")
      .write(toFile: path, atomically: true, encoding: .utf8)
    #expect(try Program.runModule("jsonschema", ["-i", path, schema])?.code != 0)
  }
}
