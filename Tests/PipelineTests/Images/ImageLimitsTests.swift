import Pipeline
import TestSupport
import Testing

@Suite("Limits of one picture") struct ImageLimitsTests {
  /// The start of a PNG up to its first pixels, of which there are none.
  static func start(width: Int, height: Int) -> [UInt8] {
    PNGEncoder.signature + PNGEncoder.header(width: width, height: height) + PNGEncoder.chunk("IDAT", [])
  }

  @Test("a PNG header that promises 900 megapixels is refused, with nothing behind it")
  func refusesLargePNG() {
    let file = PNGEncoder.signature + PNGEncoder.header(width: 30_000, height: 30_000)
    for error in [
      #expect(throws: ImageError.self) { try ImageDecoder.header(of: file) },
      #expect(throws: ImageError.self) { try ImageDecoder.decode(file) },
    ] {
      #expect(error?.code == .tooManyPixels)
      #expect(error?.message.contains("30000 x 30000") == true)
      #expect(error?.message.hasSuffix("; to read it, raise the limit") == true)
    }
  }

  @Test(
    "the time that a picture may take is said as it was given",
    arguments: [(0.3, "0.3 seconds"), (1, "1 second"), (2.5, "2.5 seconds"), (86_400, "86400 seconds")])
  func timeLimit(seconds: Double, says: String) {
    #expect(ImageError.timedOut(after: seconds).message.hasPrefix("it took more than \(says); "))
  }

  @Test("so is the largest JPEG")
  func refusesLargeJPEG() throws {
    var file = JPEGFixture.progressive.file
    let frame = try #require(markerOffset(0xC2, in: file))
    file.replaceSubrange(frame + 5..<frame + 9, with: [255, 255, 255, 255])
    #expect(rejection(file) == .tooManyPixels)
    #expect(rejection(file.prefix(frame + 19)) == .tooManyPixels)
  }

  @Test("the limit itself is allowed, one row more is not")
  func limitsPixelsExactly() throws {
    let limits = ImageLimits(megapixels: 1)
    let header = try ImageDecoder.header(of: Self.start(width: 1_000, height: 1_000), limits: limits)
    #expect(header.pixels == 1_000_000)
    #expect(rejection(Self.start(width: 1_000, height: 1_001), limits: limits) == .tooManyPixels)
  }

  @Test("a side of more than a million pixels is unsupported")
  func limitsSides() {
    #expect(rejection(Self.start(width: 1_000_001, height: 1)) == .unsupported)
    #expect(rejection(Self.start(width: 1, height: 1_000_001)) == .unsupported)
  }

  @Test("sizes that are no sizes are damage", arguments: [(0, 1), (1, 0), (0, 0), (1 << 31, 1)])
  func refusesImpossibleSizes(width: Int, height: Int) {
    #expect(rejection(Self.start(width: width, height: height)) == .damaged)
  }

  @Test(
    "what is neither PNG nor JPEG is not an image", arguments: ["", "P", "GIF89a", "<svg/>", "BM", "PNG"])
  func refusesOtherFiles(text: String) {
    #expect(rejection(text.utf8) == .notAnImage)
  }
}
