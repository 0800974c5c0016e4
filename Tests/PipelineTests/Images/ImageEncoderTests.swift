import DigitNet
import Pipeline
import TestSupport
import Testing

@Suite("Writing pictures")
struct ImageEncoderTests {
  @Test("A PNG that is written decodes to the same pixels", arguments: [(1, 1), (7, 3), (64, 40), (1, 500), (500, 1)])
  func roundTrip(width: Int, height: Int) throws {
    var random = SeededGenerator(seed: UInt64(width * 1_000 + height))
    let noise = (0..<Image.channels * width * height).map { _ in UInt8.random(in: 0...255, using: &random) }
    for pixels in [noise, noise.map { _ in 200 }] {
      let image = Image(width: width, height: height, pixels: pixels)
      let file = try #require(ImageEncoder.png(image))
      #expect(try ImageDecoder.decode(file) == image)
    }
  }
}
