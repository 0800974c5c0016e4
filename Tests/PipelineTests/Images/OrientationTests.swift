import DigitNet
import Pipeline
import TestSupport
import Testing

@Suite("EXIF orientation") struct OrientationTests {
  /// An EXIF block whose only entry is this orientation.
  static func exif(_ value: Int, littleEndian: Bool = true) -> [UInt8] {
    ExifBlock(littleEndian: littleEndian, values: [value]).bytes
  }

  /// A JPEG file with an APP1 segment right after its start.
  static func jpeg(exif: [UInt8]) -> [UInt8] {
    jpeg(app1: [Array("Exif\0\0".utf8) + exif])
  }

  /// A JPEG file with APP1 segments right after its start.
  static func jpeg(app1 payloads: [[UInt8]]) -> [UInt8] {
    let file = JPEGFixture.colour.file
    let segments = payloads.flatMap { payload -> [UInt8] in
      [0xFF, 0xE1, UInt8((payload.count + 2) >> 8), UInt8((payload.count + 2) & 255)] + payload
    }
    return file.prefix(2) + segments + file.dropFirst(2)
  }

  /// A grey PNG of 3 x 2 pixels, "abc" over "def" with the letters' codes as levels.
  static func png(chunksBefore: [UInt8] = [], chunksAfter: [UInt8] = [], interlaced: Bool = false) -> [UInt8] {
    PNGEncoder(
      width: 3, height: 2, colourType: .grey, isInterlaced: interlaced,
      samples: "abcdef".utf8.map { Int($0) }, chunksBefore: chunksBefore, chunksAfter: chunksAfter
    ).file
  }

  /// A grey picture's rows as letters.
  static func letters(_ image: Image) -> [String] {
    (0..<image.height).map { y in
      let row = (0..<image.width).map { image.pixels[3 * (y * image.width + $0)] }
      return String(decoding: row, as: UTF8.self)
    }
  }

  @Test(
    "pixels are put upright exactly",
    arguments: [
      (1, ["abc", "def"]), (2, ["cba", "fed"]), (3, ["fed", "cba"]), (4, ["def", "abc"]),
      (5, ["ad", "be", "cf"]), (6, ["da", "eb", "fc"]), (7, ["fc", "eb", "da"]), (8, ["cf", "be", "ad"]),
    ])
  func turnsPixels(value: Int, upright: [String]) throws {
    let chunk = PNGEncoder.chunk("eXIf", Self.exif(value))
    #expect(try Self.letters(ImageDecoder.decode(Self.png(chunksBefore: chunk))) == upright)
    #expect(try Self.letters(ImageDecoder.decode(Self.png(chunksAfter: chunk))) == upright)
    let interlaced = Self.png(chunksBefore: chunk, interlaced: true)
    #expect(try Self.letters(ImageDecoder.decode(interlaced)) == upright)
    for file in [Self.png(chunksBefore: chunk), Self.png(chunksAfter: chunk), interlaced] {
      let picture = try CodedImage(file)
      #expect(picture.header.isSequential == (value <= 2 && file != interlaced))
      var rows: [String] = []
      try picture.forEachRow { row in
        rows.append(String(decoding: stride(from: 0, to: row.count, by: 3).map { row[$0] }, as: UTF8.self))
      }
      #expect(rows == upright)
    }
    let header = try ImageDecoder.header(of: interlaced)
    #expect(header.width == upright[0].utf8.count && header.height == upright.count)
    #expect(header.orientation.rawValue == value)
  }

  @Test("JPEG's EXIF counts in both byte orders", arguments: 1...8, [true, false])
  func turnsJPEG(value: Int, littleEndian: Bool) throws {
    let file = Self.jpeg(exif: Self.exif(value, littleEndian: littleEndian))
    let stored = try ImageDecoder.decode(JPEGFixture.colour.file)
    let image = try ImageDecoder.decode(file)
    let header = try ImageDecoder.header(of: file)
    #expect(header.width == image.width && header.height == image.height && header.format == .jpeg)
    #expect((image.width, image.height) == (value < 5 ? (21, 13) : (13, 21)))
    for y in 0..<stored.height {
      for x in 0..<stored.width {
        let (mirroredX, mirroredY) = (stored.width - 1 - x, stored.height - 1 - y)
        let (column, row) =
          switch value {
          case 1: (x, y)
          case 2: (mirroredX, y)
          case 3: (mirroredX, mirroredY)
          case 4: (x, mirroredY)
          case 5: (y, x)
          case 6: (mirroredY, x)
          case 7: (mirroredY, mirroredX)
          default: (y, mirroredX)
          }
        let source = 3 * (y * stored.width + x)
        let target = 3 * (row * image.width + column)
        #expect(image.pixels[target..<target + 3] == stored.pixels[source..<source + 3])
      }
    }
  }

  @Test("a value that means nothing is upright", arguments: [0, 9, 255, 65_535])
  func ignoresOtherValues(value: Int) throws {
    #expect(try ImageDecoder.header(of: Self.jpeg(exif: Self.exif(value))).orientation == .upright)
  }

  @Test("EXIF that is cut anywhere before its value, or is of another type, is upright")
  func ignoresDamage() throws {
    let exif = Self.exif(6)
    for length in 0..<20 {
      let file = Self.jpeg(exif: Array(exif.prefix(length)))
      #expect(try ImageDecoder.header(of: file).orientation == .upright)
    }
    for type in [2, 5, 10, 11, 12, 99] {
      let block = ExifBlock(type: type, values: [6]).bytes
      #expect(try ImageDecoder.header(of: Self.jpeg(exif: block)).orientation == .upright)
    }
    var farDirectory = exif
    farDirectory.replaceSubrange(4..<8, with: [255, 255, 255, 255])
    #expect(try ImageDecoder.header(of: Self.jpeg(exif: farDirectory)).orientation == .upright)
  }

  @Test("a PNG's EXIF with a wrong checksum is upright")
  func checksPNGExif() throws {
    var chunk = PNGEncoder.chunk("eXIf", Self.exif(6))
    chunk[chunk.count - 1] ^= 1
    #expect(try ImageDecoder.header(of: Self.png(chunksBefore: chunk)).orientation == .upright)
  }
}
