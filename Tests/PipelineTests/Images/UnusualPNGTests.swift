import DigitNet
import Pipeline
import TestSupport
import Testing

@Suite("Sound PNG files that are unusual") struct UnusualPNGTests {
  private static let kind = PNGDecoderTests.Kind(colourType: .rgb, depth: 8, isInterlaced: false)

  private static var encoder: PNGEncoder { PNGDecoderTests.encoder(kind, width: 5, height: 4) }

  private func refusal(_ file: [UInt8]) -> ImageError? {
    #expect(throws: ImageError.self) { try ImageDecoder.decode(file) }
  }

  @Test("a stated window that is smaller than the one used does not cost the picture")
  func smallWindow() throws {
    // Rows of 43 bytes: twelve of them are two of the longest copies.
    let (width, height, period) = (42, 24, 516)
    var random = SeededGenerator(seed: 7)
    let first = (0..<period).map { $0 % 43 == 0 ? 0 : UInt8.random(in: 0...255, using: &random) }
    var block = DeflateBlock()
    for byte in first { block.literal(byte) }
    for _ in 0..<2 { block.copy(distance: period) }
    let rows = first + first
    // 0x08 states a window of 256 bytes.
    let stream = [0x08, 0x1D] + block.bytes + PNGEncoder.adler32(rows)
    let file =
      PNGEncoder.signature + PNGEncoder.header(width: width, height: height, colourType: .grey)
      + PNGEncoder.chunk("IDAT", stream) + PNGEncoder.chunk("IEND", [])
    let grey = rows.enumerated().filter { $0.offset % 43 != 0 }.map(\.element)
    #expect(try ImageDecoder.decode(file).pixels == grey.flatMap { [$0, $0, $0] })
  }

  @Test("Apple's form is unsupported, with what to do")
  func appleForm() throws {
    var file = Self.encoder.file
    file.insert(contentsOf: PNGEncoder.chunk("CgBI", [0x50, 0, 0x20, 6]), at: PNGEncoder.signature.count)
    let error = try #require(refusal(file))
    #expect(error.code == .unsupported)
    #expect(error.message.contains("CgBI") && error.message.contains("-revert-iphone-optimizations"))
  }

  @Test("a critical chunk that is unknown is unsupported; a damaged one is damage")
  func unknownCriticalChunk() throws {
    var encoder = Self.encoder
    encoder.chunksBefore = PNGEncoder.chunk("ABCD", [1, 2, 3])
    let error = try #require(refusal(encoder.file))
    #expect(error.code == .unsupported)
    #expect(error.message.contains("ABCD"))
    encoder.chunksBefore[encoder.chunksBefore.count - 1] ^= 1
    #expect(rejection(encoder.file) == .damaged)
  }

  @Test("unknown methods are unsupported", arguments: [10, 11, 12])
  func unknownMethods(byte: Int) throws {
    let header = PNGEncoder.header(width: 5, height: 4)
    var data = Array(header[8..<21])
    data[byte] = 64
    let file = PNGEncoder.signature + PNGEncoder.chunk("IHDR", data) + Self.encoder.file.dropFirst(8 + header.count)
    #expect(rejection(file) == .unsupported)
  }

  @Test("an animation is its first picture")
  func animation() throws {
    var encoder = Self.encoder
    let frame: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 5, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 10, 0, 0]
    let second = [0, 0, 0, 1] + frame.dropFirst(4)
    encoder.chunksBefore = PNGEncoder.chunk("acTL", [0, 0, 0, 2, 0, 0, 0, 0]) + PNGEncoder.chunk("fcTL", frame)
    encoder.chunksAfter =
      PNGEncoder.chunk("fcTL", second)
      + PNGEncoder.chunk("fdAT", [0, 0, 0, 2] + PNGEncoder.zlib([UInt8](repeating: 0, count: 64)))
    #expect(try ImageDecoder.decode(encoder.file).pixels == PNGDecoderTests.pixels(encoder))
  }

  @Test(
    "an ancillary chunk that is damaged, senseless or unknown does not cost the picture",
    arguments: [
      "gAMA", "cHRM", "sRGB", "iCCP", "pHYs", "tIME", "sBIT", "bKGD", "hIST", "sPLT", "eXIf", "tEXt", "zTXt", "iTXt",
      "cICP",
      "oFFs", "vpAg", "caBX", "iDOT",
    ])
  func ancillaryChunks(type: String) throws {
    for data in [[], [0], Array("name\0\0no zlib stream".utf8), [UInt8](repeating: 255, count: 40)] {
      let sound = PNGEncoder.chunk(type, data)
      for chunk in [sound, sound.dropLast() + [sound[sound.count - 1] ^ 1], sound + sound] {
        var encoder = Self.encoder
        (encoder.chunksBefore, encoder.chunksAfter) = (chunk, chunk)
        #expect(try ImageDecoder.decode(encoder.file).pixels == PNGDecoderTests.pixels(encoder))
      }
    }
  }

  @Test("neither many chunks nor large ones cost the picture", arguments: ["tEXt", "iCCP", "eXIf", "prVt"])
  func manyChunks(type: String) throws {
    let small = PNGEncoder.chunk(type, Array("Comment\0a house".utf8))
    let large = PNGEncoder.chunk(type, Array("Comment\0".utf8) + [UInt8](repeating: 65, count: 3 << 20))
    for chunks in [(0..<2_000).flatMap { _ in small }, large] {
      var encoder = Self.encoder
      (encoder.chunksBefore, encoder.chunksAfter) = (chunks, chunks)
      #expect(try ImageDecoder.decode(encoder.file).pixels == PNGDecoderTests.pixels(encoder))
    }
  }
}
