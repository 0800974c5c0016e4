import DigitNet
import DigitNetWeights
import Foundation
import Pipeline
import Testing

/// A picture that is read row by row shows the same numbers as in memory.
@Suite struct StreamingTests {
  private static let street =
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path + "/fixtures/street.tar"

  /// The fixtures' photographs one above the other, as often as needed to fill several bands.
  private func tower() throws -> Image {
    var photographs: [Image] = []
    try Source(path: Self.street).forEachImage(named: { _ in true }) { photographs.append($1) }
    let width = try #require(photographs.map(\.width).max())
    var pixels: [UInt8] = []
    for image in (photographs + photographs.reversed()).prefix(8) {
      for y in 0..<image.height {
        let first = y * image.width * Image.channels
        pixels += image.pixels[first..<(first + image.width * Image.channels)]
        pixels += Array(repeating: 90, count: (width - image.width) * Image.channels)
      }
    }
    return Image(width: width, height: pixels.count / width / Image.channels, pixels: pixels)
  }

  @Test(arguments: [false, true])
  func numbersOfAStreamedPictureEqualThoseInMemory(exhaustive: Bool) throws {
    var parameters = Detector.Parameters()
    parameters.enlargedBelow = 0
    parameters.exhaustive = exhaustive
    let reader = try NumberReader(model: Model(file: Model.shippedFile), kernels: .best, detector: parameters)
    let tower = try tower()
    #expect(tower.height > 2000)
    let numbers = reader.numbers(in: tower)
    #expect(numbers.count >= 3)
    #expect(reader.numbers(of: tower) == numbers)
    #expect(reader.numbers(of: tower, threads: 3) == numbers)
  }
}
