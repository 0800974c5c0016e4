import DigitNet
import TestSupport
import Testing

/// A candidate's crop shows its digits 30 pixels high, in a level line across the middle.
@Suite struct CropTests {
  /// A picture whose colours say where a pixel lies: red grows to the right, green downwards, both by 1 in `step` pixels.
  private func ramp(width: Int, height: Int, step: Int = 1) -> Image {
    var pixels: [UInt8] = []
    for y in 0..<height {
      for x in 0..<width { pixels += [UInt8(x / step), UInt8(y / step), 7] }
    }
    return Image(width: width, height: height, pixels: pixels)
  }

  private func pixel(_ image: Image, _ x: Int, _ y: Int) -> [Int] {
    image.pixels[(3 * (y * image.width + x))..<(3 * (y * image.width + x) + 3)].map(Int.init)
  }

  @Test func digitsOfThirtyPixelsAreCutAsTheyAre() {
    let crop = Crop(around: [Box(left: 80, top: 60, width: 20, height: 30)])
    let cut = crop.pixels(of: ramp(width: 200, height: 150))
    #expect((cut.width, cut.height) == (64, 48))
    // The crop's middle (32, 24) is the box's (90, 75).
    #expect(pixel(cut, 0, 0) == [58, 51, 7] && pixel(cut, 63, 47) == [121, 98, 7])
  }

  @Test(arguments: [(1, 64), (2, 96), (3, 96), (4, 144), (6, 144)])
  func theNarrowestWidthWithRoomForAnotherDigitIsTaken(digits: Int, width: Int) {
    let boxes = (0..<digits).map { Box(left: 50 + 18 * $0, top: 20, width: 17, height: 30) }
    #expect(Crop(around: boxes).width == width)
  }

  @Test(arguments: [(20, 20), (18, 18), (15, 18), (12, 18), (10, 15), (6, 9)])
  func narrowDigitsAreWidenedToEighteenPixelsButByHalfAtMost(width: Int, widened: Int) {
    let boxes = (0..<3).map { Box(left: 80 + width * $0, top: 60, width: width, height: 30) }
    let cut = Crop(around: boxes).pixels(of: ramp(width: 200, height: 150))
    // From the middle of the first digit to that of the last.
    let way = pixel(cut, cut.width / 2 + widened, 24)[0] - pixel(cut, cut.width / 2 - widened, 24)[0]
    #expect(abs(way - 2 * width) <= 1)
  }

  @Test func largeDigitsComeFromAHalving() {
    // Digits of 120 pixels are shrunk fourfold: a step of 4 in the picture is one of 1 in the crop.
    let crop = Crop(around: [Box(left: 400, top: 300, width: 80, height: 120)])
    let cut = crop.pixels(of: ramp(width: 1000, height: 800, step: 4))
    #expect(pixel(cut, 33, 20)[0] - pixel(cut, 32, 20)[0] == 1)
    #expect(pixel(cut, 32, 25)[1] - pixel(cut, 32, 24)[1] == 1)
  }

  @Test func aSlantedLineIsLevelled() {
    // Two digits, the second 10 pixels lower and 20 further right: their centres come to lie in one row.
    let boxes = [Box(left: 80, top: 60, width: 20, height: 30), Box(left: 100, top: 70, width: 20, height: 30)]
    let cut = Crop(around: boxes).pixels(of: ramp(width: 250, height: 200))
    let (left, right) = (pixel(cut, cut.width / 2 - 10, 24), pixel(cut, cut.width / 2 + 10, 24))
    #expect(abs(right[1] - left[1] - 10) <= 1)
  }

  /// The red (right) and green (down) of a column's pixel in the middle row: where in the ramp it was cut.
  private func places(of crop: Crop, in image: Image, columns: [Int]) -> [[Int]] {
    let cut = crop.pixels(of: image)
    return columns.map { Array(pixel(cut, $0, 24)[0..<2]) }
  }

  @Test func theDigitsOfAStackStandSideBySideAndTheCellsBeyondGoOnUpAndDown() {
    // Three digits of 20 x 30 pixels, 40 below each other: in the crop they are 20 wide, with gaps of 0.15 of 30 pixels.
    let boxes = (0..<3).map { Box(left: 80, top: 60 + 40 * $0, width: 20, height: 30) }
    let crop = Crop(around: boxes, isUpright: true)
    #expect(crop.width == 144)
    let step = 24.5
    let middles = (-1...3).map { Int(72 + (Double($0) - 1) * step) }
    let places = places(of: crop, in: ramp(width: 220, height: 250), columns: middles)
    for (i, place) in places.enumerated() {
      #expect(abs(place[0] - 90) <= 1 && abs(place[1] - (35 + 40 * i)) <= 1, "cell \(i): \(place)")
    }
    #expect(crop == Crop(around: boxes), "a stack is never levelled")
  }

  @Test func ofAWideGapOnlyTwoFifthsOfADigitsHeightAreLeft() {
    let boxes = (0..<2).map { Box(left: 60 + 60 * $0, top: 60, width: 20, height: 30) }
    // 20 pixels a digit and 12 between them.
    let places = places(of: Crop(around: boxes), in: ramp(width: 220, height: 150), columns: [32, 64])
    #expect(abs(places[0][0] - 70) <= 1 && abs(places[1][0] - 130) <= 1)
  }

  @Test func digitsOfADiagonalAreCutUprightOrLevelledWithTheirLine() {
    let boxes = (0..<3).map { Box(left: 60 + 24 * $0, top: 60 + 20 * $0, width: 20, height: 30) }
    let image = ramp(width: 220, height: 200)
    for isUpright in [true, false] {
      let crop = Crop(around: boxes, isUpright: isUpright)
      let middle = crop.width / 2
      let centre = places(of: crop, in: image, columns: [middle])[0]
      #expect(abs(centre[0] - 94) <= 1 && abs(centre[1] - 95) <= 1)
      // Within the middle digit the line sinks by 5 in 6 pixels, unless the digit is upright.
      let beside = places(of: crop, in: image, columns: [middle + 6])[0]
      #expect(abs(beside[1] - centre[1] - (isUpright ? 0 : 5)) <= 1)
    }
  }

  @Test func digitsALittleOffTheirLineAreCutWithoutASeam() {
    let even = (0..<4).map { Box(left: 60 + 22 * $0, top: 60, width: 20, height: 30) }
    let uneven = even.enumerated().map { Box(left: $1.left, top: $1.top + [1, -1, 0, 1][$0], width: 20, height: 30) }
    let image = ramp(width: 255, height: 150)
    let cuts = [even, uneven].map { Crop(around: $0).pixels(of: image) }
    #expect(zip(cuts[0].pixels, cuts[1].pixels).allSatisfy { abs(Int($0) - Int($1)) <= 2 })
  }

  @Test func beyondThePicturesRimTheRimIsRepeated() {
    var generator = SeededGenerator(seed: 6)
    for round in 0..<300 {
      let image = Image.random(
        width: Int.random(in: 1...90, using: &generator), height: Int.random(in: 1...90, using: &generator),
        using: &generator)
      let boxes = (0..<Int.random(in: 1...6, using: &generator)).map { _ in
        Box(
          left: Int.random(in: -40...120, using: &generator), top: Int.random(in: -40...120, using: &generator),
          width: Int.random(in: 1...200, using: &generator), height: Int.random(in: 1...300, using: &generator))
      }
      let cut = Crop(around: boxes).pixels(of: image)
      #expect(Crop.widths.contains(cut.width) && cut.height == Crop.height, "round \(round)")
    }
    let white = Image(width: 9, height: 9, pixels: Array(repeating: 255, count: 243))
    let cut = Crop(around: [Box(left: 0, top: 0, width: 9, height: 9)]).pixels(of: white)
    #expect(cut.pixels.allSatisfy { $0 == 255 })
  }
}
