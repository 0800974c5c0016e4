import Pipeline
import StreetPositions
import Testing

/// What XMP states, in attributes or in elements, and what hostile packets come to.
@Suite("Positions in XMP")
struct XMPTests {
  private func geotag(_ packet: String) -> Geotag? {
    let jpeg = GeotagReader().geotag(of: Pictures.jpeg(xmp: [packet]))
    #expect(GeotagReader().geotag(of: Pictures.png(chunks: [PNGFixtures.xmp(packet)])) == jpeg)
    return jpeg
  }

  @Test("Attributes and elements state the same")
  func forms() throws {
    let values = [
      ("exif:GPSLatitude", "52,6.12N"), ("exif:GPSLongitude", "4,18,0W"), ("exif:GPSAltitude", "1234/100"),
      ("exif:GPSAltitudeRef", "1"), ("exif:GPSImgDirection", "900/10"), ("exif:GPSImgDirectionRef", "M"),
      ("exif:DateTimeOriginal", "2021-07-15T10:30:05.25+02:00"), ("GPano:ProjectionType", "equirectangular"),
      ("GPano:FullPanoWidthPixels", "8000"), ("GPano:CroppedAreaLeftPixels", "100"),
      ("GPano:CroppedAreaImageWidthPixels", "7000"), ("GPano:PoseHeadingDegrees", "350.5"),
      ("exif:FocalLengthIn35mmFilm", "28"),
    ]
    let attributes = geotag(Pictures.xmp(values.map { "\($0.0)=\"\($0.1)\"" }.joined(separator: " ")))
    let elements = geotag(Pictures.xmp("", inside: values.map { "<\($0.0)> \($0.1)\n</\($0.0)>" }.joined()))
    let stated = try #require(attributes)
    #expect(stated == elements)
    #expect(stated.position == Position(latitude: 521_020_000, longitude: -43_000_000, altitude: -1234, origin: .xmp))
    #expect(stated.heading == Heading(hundredths: 9_000, reference: .magneticNorth, origin: .xmp))
    #expect(stated.time?.description == "2021-07-15T08:30:05.250Z")
    #expect(
      stated.panorama
        == Panorama(
          projection: "equirectangular", fullWidth: 8000, croppedLeft: 100, croppedWidth: 7000, poseHeading: 35_050))
    #expect(stated.focalLength == 28)
  }

  @Test(
    "Degrees have one of the forms of the standard, or are decimal",
    arguments: [
      ("52,6.12N", 521_020_000), ("52,6,7.2N", 521_020_000), ("52.102", 521_020_000), ("-52.102", -521_020_000),
      ("52,6.12S", -521_020_000), ("52.102S", -521_020_000), ("52,61N", nil), ("52N6", nil), ("nan", nil),
      ("0x34", nil),
      ("1e400", nil), ("", nil), ("91", nil), ("52,,N", nil), ("-52.1N", nil),
    ] as [(String, Int?)])
  func degrees(_ text: String, _ expected: Int?) {
    let packet = Pictures.xmp("exif:GPSLatitude=\"\(text)\" exif:GPSLongitude=\"4.3\"")
    #expect(geotag(packet)?.position?.latitude == expected)
  }

  @Test("The place that a photograph shows is not the camera's")
  func shown() {
    let packet = Pictures.xmp(
      "",
      inside: """
        <exif:Shown rdf:parseType="Resource"><exif:GPSLatitude>52,6N</exif:GPSLatitude>
        <exif:GPSLongitude>4,6E</exif:GPSLongitude></exif:Shown>
        <exif:Other><rdf:Description exif:GPSLatitude="52,6N" exif:GPSLongitude="4,6E"/></exif:Other>
        """)
    #expect(geotag(packet) == nil)
  }

  @Test("EXIF wins over XMP, value by value")
  func precedence() {
    let exif = ExifWriter(gps: [
      (1, .ascii("N")), (2, .fractions([(10, 1)])), (3, .ascii("E")), (4, .fractions([(20, 1)])),
    ])
    let xmp = Pictures.xmp("exif:GPSLatitude=\"1,0N\" exif:GPSLongitude=\"2,0E\" exif:GPSImgDirection=\"5\"")
    let both = GeotagReader().geotag(of: Pictures.jpeg(exif: [exif.tiff], xmp: [xmp]))
    #expect(both?.position == Position(latitude: 100_000_000, longitude: 200_000_000, origin: .exif))
    #expect(both?.heading == Heading(hundredths: 500, origin: .xmp))
  }

  @Test("Entities, document types, depth and damage state nothing and end nothing")
  func hostile() {
    let sound = Pictures.xmp("exif:GPSLatitude=\"52,6N\" exif:GPSLongitude=\"4,6E\"")
    let laughs = """
      <!DOCTYPE x [<!ENTITY a "52,6N"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
      """
    #expect(geotag(laughs + sound) == nil)
    #expect(geotag("<!DOCTYPE x SYSTEM \"file:///etc/passwd\">" + sound) == nil)
    #expect(geotag(String(repeating: "<a>", count: 10_000)) == nil)
    #expect(geotag(sound.replacingOccurrences("52,6N", "&#0;")) == nil)
    // A packet's padding may be anything.
    #expect(geotag(sound + "\0\0\0") != nil)
    for count in stride(from: 0, to: sound.utf8.count, by: 7) {
      let cut = String(decoding: sound.utf8.prefix(count), as: UTF8.self)
      _ = GeotagReader().geotag(of: Pictures.jpeg(xmp: [cut]))
    }
  }
}

extension String {
  fileprivate func replacingOccurrences(_ part: String, _ other: String) -> String {
    split(separator: part, omittingEmptySubsequences: false).joined(separator: other)
  }
}
