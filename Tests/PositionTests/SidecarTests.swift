import Pipeline
import StreetPositions
import Testing

/// Files that state positions: what they are, what they state, and which lines are wrong.
@Suite("Files of positions")
struct SidecarTests {
  private func sidecar(_ name: String, _ text: String) throws -> Sidecar? {
    try Sidecar(name: name, bytes: Array(text.utf8), origin: .beside)
  }

  private func entries(_ sidecar: Sidecar?) -> [SidecarEntry] {
    guard case .entries(let entries)? = sidecar?.content else { return [] }
    return entries
  }

  @Test("A table's columns and separator are found by their names", arguments: [",", ";", "\t"])
  func tables(_ separator: String) throws {
    let lines = [
      "note,Longitude,image,latitude,heading,captured_at", "x,4.3,a/1.jpg,52.102,90,2026-11-26T10:30:00+01:00",
      "\"a \"\"quote\"\"\",-4.3,2.jpg,-52.102,,", ",,3.jpg,,360,", ",,4.jpg,,,",
    ]
    let text =
      "\u{FEFF}"
      + lines.map { $0.split(separator: ",", omittingEmptySubsequences: false).joined(separator: separator) }
      .joined(separator: "\r\n")
    let sidecar = try sidecar("a.csv", text)
    let entries = entries(sidecar)
    #expect(sidecar?.faults == [])
    #expect(entries.map(\.image) == ["a/1.jpg", "2.jpg", "3.jpg"])
    #expect(entries.map(\.line) == [2, 3, 4])
    #expect(entries[0].geotag.position == Position(latitude: 521_020_000, longitude: 43_000_000, origin: .beside))
    #expect(entries[0].geotag.time?.description == "2026-11-26T09:30:00.000Z")
    #expect(entries[1].geotag.heading == nil && entries[1].geotag.position?.latitude == -521_020_000)
    #expect(entries[2].geotag.heading?.hundredths == 0 && entries[2].geotag.position == nil)
  }

  @Test(
    "A wrong line is named, and the others count",
    arguments: [
      "1.jpg,91,4,,", "1.jpg,52,181,,", "1.jpg,52,,,", "1.jpg,,4,,", "1.jpg,0,0,,", "1.jpg,\"52,1\",4,,",
      "1.jpg,nan,4,,",
      "1.jpg,52,4,400,", "1.jpg,52,4,north,", "1.jpg,52,4,,yesterday", "1.jpg,52,4", ",52,4,,", "\"1.jpg,52,4,,",
      "\"1\".jpg,52,4,,", "1.jpg,52°,4,,",
    ])
  func wrongLines(_ line: String) throws {
    let text = "image,latitude,longitude,heading,captured_at\n2.jpg,1,2,3,\n\(line)\n"
    let sidecar = try sidecar("a.csv", text)
    #expect(sidecar?.faults.map(\.line) == [3])
    #expect(sidecar?.faults.first?.code == .malformed && sidecar?.faults.first?.path == "a.csv")
    #expect(entries(sidecar).map(\.image) == ["2.jpg"])
  }

  @Test(
    "What a table or JSON lacks is said with what it has; of other content nothing is said",
    arguments: [
      ("a.csv", "image,lat,lon\n1,2,3\n", "it has no column `latitude` and `longitude`; it has image, lat, lon"),
      ("a.csv", "File;latitude\n", "it has no column `image`; it has file, latitude"),
      ("a.jsonl", #"{"image": "1", "lat": 1}"#, "it has no key `latitude` and `longitude`; it has image, lat"),
      ("a.json", #"[{"filename": "1", "b": 1}]"#, "it has no key `image`; it has b, filename"),
      ("a.csv", "text\n", nil), ("a.csv", "", nil), ("a.jsonl", "[]", nil), ("a.json", "[1]", nil), ("a.gpx", "x", nil),
    ] as [(String, String, String?)])
  func lacks(_ name: String, _ text: String, _ lack: String?) {
    #expect(Sidecar.lack(name: name, bytes: Array(text.utf8)) == lack)
  }

  @Test("Lines of JSON state what a table does; numbers may be texts")
  func lines() throws {
    let text = """
      {"image": "1.jpg", "latitude": 52.102, "longitude": "4.3", "heading": 90, "captured_at": null, "more": [1]}

      {"image": "2.jpg", "latitude": true, "longitude": 4.3}
      {"image": "3.jpg", "latitude": 52.102
      [1]
      {"image": "4.jpg", "heading": 5}
      """
    let sidecar = try sidecar("a.tar.jsonl", text)
    #expect(entries(sidecar).map(\.image) == ["1.jpg", "4.jpg"])
    #expect(entries(sidecar).first?.geotag.position?.longitude == 43_000_000)
    #expect(sidecar?.faults.map(\.line) == [3, 4, 5])
  }

  @Test("The image descriptions of mapillary_tools state positions by base name and MD5, and what failed states none")
  func mapillary() throws {
    let text = """
      [{"error": {"type": "MapillaryGeoTaggingError", "message": "no"}, "filename": "/home/me/0.jpg", "filetype": "image"},
       {"MAPLatitude": 52.102, "MAPLongitude": 4.3, "MAPAltitude": 1.5, "MAPCaptureTime": "2026_11_26_10_30_00_250",
        "MAPCompassHeading": {"TrueHeading": 359.999, "MagneticHeading": 1.0}, "filename": "/home/me/a/1.jpg",
        "filetype": "image", "md5sum": "D41D8CD98F00B204E9800998ECF8427E", "MAPGPSAccuracyMeters": 3.2},
       {"MAPLatitude": 52.102, "MAPLongitude": 4.3, "filename": "v.mp4", "filetype": "gopro"},
       {"MAPLatitude": 152.102, "MAPLongitude": 4.3, "filename": "2.jpg", "filetype": "image"}]
      """
    let sidecar = try sidecar("mapillary_image_description.json", text)
    let entry = try #require(entries(sidecar).first)
    #expect(entries(sidecar).count == 1 && sidecar?.faults.count == 1)
    #expect(entry.image == "1.jpg" && entry.isByBaseName && entry.md5 == "d41d8cd98f00b204e9800998ecf8427e")
    #expect(
      entry.geotag.position
        == Position(latitude: 521_020_000, longitude: 43_000_000, altitude: 150, accuracy: 320, origin: .beside))
    #expect(entry.geotag.heading?.hundredths == 0 && entry.geotag.time?.description == "2026-11-26T10:30:00.250Z")
  }

  @Test(
    "A file of another kind is none",
    arguments: [
      ("a.csv", "file,number\n1.jpg,19\n"), ("a.csv", ""), ("a.jsonl", #"{"file": "1.jpg", "number": "19"}"#),
      ("a.json", #"{"a": [1, 2]}"#), ("a.json", #"[{"filename": "1.jpg"}]"#), ("a.json", "no JSON"),
      ("a.gpx", "<kml/>"), ("a.gpx", "no XML"), ("a.txt", "image,latitude,longitude\n1.jpg,1,2\n"),
    ])
  func others(_ name: String, _ text: String) throws {
    #expect(try sidecar(name, text) == nil)
  }

  @Test("A table whose header is torn, and a track without times, are refused as a whole")
  func refused() {
    #expect(throws: SidecarFault.self) { try sidecar("a.csv", "image,latitude,latitude,longitude\n1.jpg,1,1,2\n") }
    let gpx =
      "<gpx xmlns=\"http://www.topografix.com/GPX/1/1\"><trk><trkseg><trkpt lat=\"1\" lon=\"2\"/></trkseg></trk></gpx>"
    #expect(throws: SidecarFault.self) { try sidecar("a.gpx", gpx) }
    #expect(throws: SidecarFault.self) { try sidecar("a.gpx", String(gpx.dropLast(9))) }
    let entity = "<!DOCTYPE gpx [<!ENTITY e SYSTEM \"/etc/passwd\">]>" + gpx
    #expect(throws: Never.self) { try sidecar("a.gpx", entity) }
  }
}
