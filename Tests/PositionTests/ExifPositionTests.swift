import Pipeline
import StreetPositions
import Testing

/// What EXIF states, sound or malformed: a position that is stated, and never one that is not.
@Suite("Positions in EXIF")
struct ExifPositionTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let exif: [UInt8]
    let position: [Int]?

    init(_ name: String, _ exif: ExifWriter, _ position: [Int]?) {
      (testDescription, self.exif, self.position) = (name, exif.tiff, position)
    }
  }

  private static let north = [(52, 1), (6, 1), (732, 100)]
  private static let east = [(4, 1), (18, 1), (0, 1)]

  static let cases: [Case] = [
    Case("north east, big-endian", .at(north, "N", east, "E", littleEndian: false), [521_020_333, 43_000_000]),
    Case("north east, little-endian", .at(north, "N", east, "E"), [521_020_333, 43_000_000]),
    Case("north west", .at(north, "N", east, "W"), [521_020_333, -43_000_000]),
    Case("south east", .at(north, "S", east, "E"), [-521_020_333, 43_000_000]),
    Case("south west, small letters", .at(north, "s", east, "w"), [-521_020_333, -43_000_000]),
    Case("without letters: north and east", .at(north, nil, east, nil), [521_020_333, 43_000_000]),
    Case("empty letters: north and east", .at(north, "", east, ""), [521_020_333, 43_000_000]),
    Case("another letter is none", .at(north, "X", east, "E"), nil),
    Case("the letters of the other axis", .at(north, "E", east, "N"), nil),
    Case("the equator", .at([(0, 1), (0, 1), (0, 1)], "N", east, "E"), [0, 43_000_000]),
    Case("Greenwich", .at(north, "N", [(0, 1), (0, 1), (0, 1)], "E"), [521_020_333, 0]),
    Case("null island", .at([(0, 1), (0, 1), (0, 1)], "N", [(0, 1), (0, 1), (0, 1)], "E"), nil),
    Case("the north pole and the antimeridian", .at([(90, 1)], "N", [(180, 1)], "W"), [900_000_000, -1_800_000_000]),
    Case("beyond the pole", .at([(90, 1), (0, 1), (1, 1)], "N", east, "E"), nil),
    Case("beyond the antimeridian", .at(north, "N", [(180, 1), (1, 1), (0, 1)], "E"), nil),
    Case("seconds 0/0 are no seconds", .at([(52, 1), (6, 1), (0, 0)], "N", east, "E"), nil),
    Case("all 0/0", .at([(0, 0), (0, 0), (0, 0)], "N", [(0, 0), (0, 0), (0, 0)], "E"), nil),
    Case("a denominator 0", .at([(52, 0), (6, 1), (0, 1)], "N", east, "E"), nil),
    Case(
      "decimal degrees", .at([(521_234_567, 10_000_000)], "N", [(43_000_000, 10_000_000)], "E"),
      [521_234_567, 43_000_000]),
    Case("decimal minutes", .at([(52, 1), (6_122, 1_000), (0, 1)], "N", east, "E"), [521_020_333, 43_000_000]),
    Case(
      "decimal minutes without seconds", .at([(52, 1), (6_122, 1_000)], "N", east, "E"), [521_020_333, 43_000_000]),
    Case("60 seconds by rounding", .at([(52, 1), (6, 1), (60, 1)], "N", east, "E"), [521_166_667, 43_000_000]),
    Case("61 seconds", .at([(52, 1), (6, 1), (61, 1)], "N", east, "E"), nil),
    Case("60 minutes", .at([(52, 1), (60, 1), (0, 1)], "N", east, "E"), nil),
    Case("a receiver without a fix", .at([(17_056_881, 1), (853_375, 1), (1, 1)], "N", east, "E"), nil),
    Case("status V", .at(north, "N", east, "E", more: [(9, .ascii("V"))]), nil),
    Case("status A", .at(north, "N", east, "E", more: [(9, .ascii("A"))]), [521_020_333, 43_000_000]),
    Case("a latitude alone", latitudeAlone, nil),
    Case("signed fractions", signed(52, "N"), [520_000_000, 43_000_000]),
    Case("a negative number without a letter", signed(-52, nil), [-520_000_000, 43_000_000]),
    Case("a negative number with S", signed(-52, "S"), [-520_000_000, 43_000_000]),
    Case("a negative number with N", signed(-52, "N"), nil),
    Case("texts in place of fractions", texts, nil),
    Case("no GPS directory", ExifWriter(main: [(0x0112, .short(6))]), nil),
  ]

  private static var latitudeAlone: ExifWriter {
    ExifWriter(gps: [(1, .ascii("N")), (2, .fractions(north))])
  }

  private static var texts: ExifWriter {
    ExifWriter(gps: [(1, .ascii("N")), (2, .ascii("52.1 degrees")), (3, .ascii("E")), (4, .ascii("4.3 degrees"))])
  }

  private static func signed(_ degrees: Int, _ letter: String?) -> ExifWriter {
    var writer = ExifWriter(gps: [
      (2, .signedFractions([(degrees, 1), (0, 1), (0, 1)])), (3, .ascii("E")),
      (4, .signedFractions([(4, 1), (18, 1), (0, 1)])),
    ])
    if let letter { writer.gps.append((1, .ascii(letter))) }
    return writer
  }

  @Test("A position comes out where one is stated, and none where none is, in JPEG and PNG", arguments: cases)
  func positions(_ one: Case) {
    let files = [
      Pictures.jpeg(exif: [one.exif]), Pictures.png(chunks: [PNGFixtures.exif(one.exif)]),
      Pictures.png(chunks: [PNGFixtures.rawProfile(one.exif)]),
    ]
    for file in files {
      let position = GeotagReader().geotag(of: file)?.position
      #expect(position.map { [$0.latitude, $0.longitude] } == one.position)
      #expect(position.map(\.origin) == one.position.map { _ in .exif })
    }
  }

  @Test("The position does not depend on the orientation, nor the orientation on the position", arguments: 1...8)
  func orientations(_ orientation: Int) throws {
    for littleEndian in [true, false] {
      var exif = ExifWriter.at(Self.north, "N", Self.east, "E", littleEndian: littleEndian)
      exif.main = [(0x0112, .short(orientation))]
      let file = Pictures.jpeg(exif: [exif.tiff])
      #expect(GeotagReader().geotag(of: file)?.position?.latitude == 521_020_333)
      #expect(try CodedImage(file).header.orientation.rawValue == orientation)
    }
  }

  @Test("Every cut and every changed byte of a block comes to an end, and to a position in range or to none")
  func hostile() {
    let exif = ExifWriter.at(Self.north, "N", Self.east, "E", more: [(7, .fractions([(9, 1), (30, 1), (0, 1)]))]).tiff
    for count in 0..<exif.count { _ = GeotagReader().geotag(of: Pictures.jpeg(exif: [Array(exif.prefix(count))])) }
    for place in exif.indices {
      for value in [0, 1, 0x7F, 0x80, 0xFF] as [UInt8] where exif[place] != value {
        var changed = exif
        changed[place] = value
        guard let position = GeotagReader().geotag(of: Pictures.jpeg(exif: [changed]))?.position else { continue }
        #expect(abs(position.latitude) <= 900_000_000 && abs(position.longitude) <= 1_800_000_000)
      }
    }
  }

  @Test(
    "Of several blocks the first that states a value counts; altitude, accuracy and direction have their references")
  func values() throws {
    func geotag(_ more: [(tag: Int, value: ExifWriter.Value)]) -> Geotag? {
      GeotagReader().geotag(of: Pictures.jpeg(exif: [ExifWriter.at(Self.north, "N", Self.east, "E", more: more).tiff]))
    }
    #expect(geotag([(5, .bytes([0])), (6, .fractions([(1234, 100)]))])?.position?.altitude == 1234)
    #expect(geotag([(5, .bytes([1])), (6, .fractions([(3, 1)]))])?.position?.altitude == -300)
    #expect(geotag([(6, .fractions([(0, 0)]))])?.position?.altitude == nil)
    #expect(geotag([(6, .fractions([(4_000_000_000, 1)]))])?.position?.altitude == nil)
    #expect(geotag([(31, .fractions([(25, 10)]))])?.position?.accuracy == 250)
    #expect(geotag([(11, .fractions([(2, 1)]))])?.position?.accuracy == 600)
    #expect(geotag([(11, .fractions([(2, 1)])), (30, .short(1))])?.position?.accuracy == 200)
    #expect(geotag([(27, .undefined(Array("ASCII\0\0\0CELLID".utf8)))])?.position?.accuracy == 100_000)
    #expect(geotag([(18, .ascii("TOKYO"))])?.position?.accuracy == 50_000)
    #expect(geotag([(18, .ascii("WGS-84"))])?.position?.accuracy == nil)
    let directions: [([(tag: Int, value: ExifWriter.Value)], Heading?)] = [
      ([(17, .fractions([(1234, 10)]))], Heading(hundredths: 12_340, origin: .exif)),
      (
        [(16, .ascii("M")), (17, .fractions([(360, 1)]))],
        Heading(hundredths: 0, reference: .magneticNorth, origin: .exif)
      ),
      ([(17, .fractions([(361, 1)]))], nil),
      ([(17, .fractions([(0, 0)]))], nil),
      ([(15, .fractions([(90, 1)]))], Heading(hundredths: 9_000, kind: .movement, origin: .exif)),
      ([(15, .fractions([(90, 1)])), (17, .fractions([(10, 1)]))], Heading(hundredths: 1_000, origin: .exif)),
      ([(24, .fractions([(90, 1)]))], nil),
    ]
    for (more, heading) in directions { #expect(geotag(more)?.heading == heading) }
    let first = ExifWriter(exif: [(0xA405, .short(24))])
    let file = Pictures.jpeg(exif: [first.tiff, ExifWriter.at(Self.north, "N", Self.east, "E").tiff])
    let both = try #require(GeotagReader().geotag(of: file))
    #expect(both.focalLength == 24 && both.position?.longitude == 43_000_000)
  }
}
