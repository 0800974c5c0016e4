import DigitNet
import Pipeline
import TestSupport
import Testing

@Suite("PNG pixels") struct PNGDecoderTests {
  struct Kind: CustomTestStringConvertible {
    var colourType: PNGEncoder.ColourType
    var depth: Int
    var isInterlaced: Bool
    var testDescription: String { "\(colourType) \(depth) bits\(isInterlaced ? ", interlaced" : "")" }

    static let all = PNGEncoder.ColourType.allCases.flatMap { colourType in
      colourType.depths.flatMap { depth in
        [false, true].map { Kind(colourType: colourType, depth: depth, isInterlaced: $0) }
      }
    }
  }

  /// Sizes that leave some Adam7 passes empty, and one that fills them all.
  static let sizes = [(1, 1), (1, 9), (2, 3), (5, 1), (9, 2), (4, 5), (13, 11)]

  /// An encoder of random samples.
  static func encoder(_ kind: Kind, width: Int, height: Int) -> PNGEncoder {
    var random = SeededGenerator(seed: UInt64(width * 100 + height))
    let count = width * height * kind.colourType.channels
    let samples = (0..<count).map { _ in Int.random(in: 0..<1 << kind.depth, using: &random) }
    var encoder = PNGEncoder(
      width: width, height: height, colourType: kind.colourType, depth: kind.depth,
      isInterlaced: kind.isInterlaced, samples: samples)
    if kind.colourType == .palette {
      encoder.palette = (0..<3 << kind.depth).map { _ in UInt8.random(in: 0...255, using: &random) }
    }
    return encoder
  }

  /// The nearest 8-bit value.
  static func byte(_ sample: Int, depth: Int) -> Int {
    let most = (1 << depth) - 1
    return (2 * 255 * sample + most) / (2 * most)
  }

  static func overWhite(_ byte: Int, alpha: Int) -> UInt8 {
    UInt8((2 * (byte * alpha + 255 * (255 - alpha)) + 255) / 510)
  }

  /// What the specification says the pixels are, straight from the samples.
  static func pixels(_ encoder: PNGEncoder) -> [UInt8] {
    let channels = encoder.colourType.channels
    return stride(from: 0, to: encoder.samples.count, by: channels).flatMap { start -> [UInt8] in
      let samples = encoder.samples[start..<start + channels].map { byte($0, depth: encoder.depth) }
      switch encoder.colourType {
      case .grey: return [0, 0, 0].map { UInt8(samples[$0]) }
      case .rgb: return samples.map { UInt8($0) }
      case .palette: return (0..<3).map { encoder.palette[3 * encoder.samples[start] + $0] }
      case .greyAlpha: return [0, 0, 0].map { overWhite(samples[$0], alpha: samples[1]) }
      case .rgbAlpha: return [0, 1, 2].map { overWhite(samples[$0], alpha: samples[3]) }
      }
    }
  }

  @Test("every colour type, depth and interlacing decodes exactly", arguments: Kind.all)
  func decodesExactly(kind: Kind) throws {
    for (width, height) in Self.sizes {
      let encoder = Self.encoder(kind, width: width, height: height)
      let image = try ImageDecoder.decode(encoder.file)
      #expect(image == Image(width: width, height: height, pixels: Self.pixels(encoder)))
    }
  }

  @Test("the colour that tRNS names is drawn white, others are opaque", arguments: [1, 2, 4, 8, 16])
  func transparentGrey(depth: Int) throws {
    let most = (1 << depth) - 1
    let key = most / 3
    let file = PNGEncoder(
      width: 3, height: 1, colourType: .grey, depth: depth, samples: [0, key, most],
      transparency: [UInt8(key >> 8), UInt8(key & 255)]
    ).file
    let first: UInt8 = key == 0 ? 255 : 0
    let image = try ImageDecoder.decode(file)
    #expect(image.pixels == [first, first, first, 255, 255, 255, 255, 255, 255])
  }

  @Test("the RGB colour that tRNS names is drawn white at its full depth only")
  func transparentRGB() throws {
    let file = PNGEncoder(
      width: 2, height: 1, colourType: .rgb, depth: 16, samples: [0, 257, 514, 0, 257, 515],
      transparency: [0, 0, 1, 1, 2, 2]
    ).file
    #expect(try ImageDecoder.decode(file).pixels == [255, 255, 255, 0, 1, 2])
  }

  @Test("a palette's alpha is laid over white, and entries without one are opaque")
  func transparentPalette() throws {
    let file = PNGEncoder(
      width: 3, height: 1, colourType: .palette, depth: 2, samples: [0, 1, 2],
      palette: [10, 20, 30, 40, 50, 60, 70, 80, 90], transparency: [0, 51]
    ).file
    #expect(try ImageDecoder.decode(file).pixels == [255, 255, 255, 212, 214, 216, 70, 80, 90])
  }

  @Test("gamma does not change pixels, not even where alpha is laid over white")
  func ignoresGamma() throws {
    var encoder = Self.encoder(
      Kind(colourType: .rgbAlpha, depth: 8, isInterlaced: false), width: 4, height: 4)
    encoder.chunksBefore = PNGEncoder.chunk("gAMA", [0, 1, 0x86, 0xA0])
    #expect(try ImageDecoder.decode(encoder.file).pixels == Self.pixels(encoder))
  }

  @Test("a damaged text chunk does not cost the picture")
  func toleratesDamagedText() throws {
    var encoder = Self.encoder(Kind(colourType: .rgb, depth: 8, isInterlaced: false), width: 3, height: 2)
    encoder.chunksBefore = PNGEncoder.chunk("tEXt", Array("Title\0a house".utf8))
    encoder.chunksBefore[12] ^= 1
    #expect(try ImageDecoder.decode(encoder.file).pixels == Self.pixels(encoder))
  }

  @Test("bytes after the end chunk are no concern")
  func toleratesTrailingBytes() throws {
    let encoder = Self.encoder(Kind(colourType: .rgb, depth: 8, isInterlaced: false), width: 3, height: 2)
    #expect(try ImageDecoder.decode(encoder.file + [1, 2, 3]).pixels == Self.pixels(encoder))
  }
}
