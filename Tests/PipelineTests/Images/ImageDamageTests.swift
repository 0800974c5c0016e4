import DigitNet
import Pipeline
import TestSupport
import Testing

@Suite("Cut and damaged pictures") struct ImageDamageTests {
  /// A file of every kind of PNG and JPEG.
  static let files =
    PNGDecoderTests.Kind.all.map { PNGDecoderTests.encoder($0, width: 5, height: 4).file }
    + JPEGFixture.all.map(\.file)

  @Test("a file that is cut anywhere is truncated, be it in its last marker or checksum")
  func refusesEveryCut() {
    for file in Self.files {
      for length in file.indices {
        let format = ImageFormat(signature: file.prefix(length))
        #expect(rejection(file.prefix(length)) == (format == nil ? .notAnImage : .truncated))
      }
    }
  }

  @Test("a PNG with any one bit changed is refused: all of it is under a checksum")
  func refusesEveryFlippedBit() {
    let kind = PNGDecoderTests.Kind(colourType: .rgb, depth: 8, isInterlaced: false)
    let file = PNGDecoderTests.encoder(kind, width: 3, height: 2).file
    for offset in file.indices {
      for bit in 0..<8 {
        var changed = file
        changed[offset] ^= 1 << bit
        #expect(rejection(changed) != nil, "bit \(bit) of byte \(offset)")
      }
    }
  }

  @Test("a picture with random bytes changed is refused or has the size that its header says")
  func survivesMutations() throws {
    var random = SeededGenerator(seed: 1)
    let limits = ImageLimits(megapixels: 1)
    for file in Self.files {
      for _ in 0..<10 {
        var changed = file
        for _ in 0...Int.random(in: 0..<4, using: &random) {
          changed[Int.random(in: changed.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
        }
        guard rejection(changed, limits: limits) == nil else { continue }
        let image = try ImageDecoder.decode(changed, limits: limits)
        let header = try ImageDecoder.header(of: changed, limits: limits)
        #expect(image.width == header.width)
        #expect(image.height == header.height)
      }
    }
  }
}
