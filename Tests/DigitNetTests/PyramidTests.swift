import DigitNet
import TestSupport
import Testing

@Suite struct PyramidTests {
  @Test func halvingIsTheRoundedMeanOfFourAndDropsAnOddRim() throws {
    let image = Image(
      width: 3, height: 2,
      pixels: [0, 10, 255, 1, 10, 255, 9, 9, 9] + [2, 11, 255, 3, 11, 254, 9, 9, 9])
    let half = try #require(image.halved())
    #expect(half.width == 1 && half.height == 1)
    #expect(half.pixels == [2, 11, 255])  // 6 / 4, 42 / 4 and 1019 / 4, half up
    #expect(half.halved() == nil)
  }

  @Test(arguments: EngineTests.runnable)
  func allKernelsHalveAlike(kernels: String) throws {
    let kernel = try #require(Kernels.named(kernels))
    var generator = SeededGenerator(seed: 4)
    for width in 2...70 {
      let image = Image.random(width: width, height: 5, using: &generator)
      let half = try #require(image.halved(kernels: kernel))
      for y in 0..<2 {
        for x in 0..<(width / 2) {
          for channel in 0..<3 {
            func pixel(_ column: Int, _ row: Int) -> Int { Int(image.pixels[3 * (row * width + column) + channel]) }
            let sum =
              pixel(2 * x, 2 * y) + pixel(2 * x + 1, 2 * y) + pixel(2 * x, 2 * y + 1) + pixel(2 * x + 1, 2 * y + 1)
            #expect(
              Int(half.pixels[3 * (y * (width / 2) + x) + channel]) == (sum + 2) / 4, "width \(width), pixel \(x)")
          }
        }
      }
    }
  }

  @Test func enlargingWeighsNineThreeThreeOneAndRepeatsTheRim() {
    let image = Image(width: 2, height: 1, pixels: [0, 0, 0, 160, 160, 160])
    let large = image.enlarged()
    #expect(large.width == 4 && large.height == 2)
    #expect(stride(from: 0, to: 12, by: 3).map { large.pixels[$0] } == [0, 40, 120, 160])
  }

  @Test func levelsGoFromLargeToSmallUntilNothingCanBeSeen() {
    let image = Image(width: 100, height: 40, pixels: Array(repeating: 7, count: 12_000))
    #expect(Pyramid(image, enlarged: true).map(\.exponent) == [-1, 0, 1, 2])
    #expect(Pyramid(image, enlarged: false).map(\.image.width) == [100, 50, 25])
    #expect(Pyramid(image, enlarged: true).allSatisfy { $0.image.pixels.allSatisfy { $0 == 7 } })
  }
}
