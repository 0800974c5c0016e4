import DigitNet
import Pipeline
import Testing

@Suite("A dash between digits that stand far apart")
struct DashTests {
  /// Two bars for digits, 60 pixels high, with a gap of their height between them, and what is drawn beside.
  private func isDashSeen(_ drawn: [Box] = [], ground: UInt8 = 200, ink: UInt8 = 40) -> Bool {
    let digits = [Box(left: 60, top: 40, width: 20, height: 60), Box(left: 140, top: 40, width: 20, height: 60)]
    let (width, height) = (220, 140)
    var pixels = [UInt8](repeating: ground, count: Image.channels * width * height)
    for box in digits + drawn {
      for y in box.top..<box.bottom {
        pixels.replaceSubrange(
          (Image.channels * (y * width + box.left))..<(Image.channels * (y * width + box.right)),
          with: repeatElement(ink, count: Image.channels * box.width))
      }
    }
    let image = Image(width: width, height: height, pixels: pixels)
    let chain = Chain(digits: digits.map { Digit(value: 1, score: 9000, box: $0) }, isUpright: false)
    let own = Crop(around: digits).pixels(of: image)
    return chain.hiddenGaps.contains { Dash.isSeen(in: $0.crop.pixels(of: image), at: $0, beside: own) }
  }

  private static let dash = Box(left: 98, top: 66, width: 24, height: 8)

  @Test("A bar at half their height is one, dark or bright, thin or off the middle")
  func dashes() {
    #expect(isDashSeen([DashTests.dash]))
    #expect(isDashSeen([DashTests.dash], ground: 40, ink: 200))
    #expect(isDashSeen([Box(left: 96, top: 72, width: 20, height: 4)]))
  }

  @Test("A plain wall, a screw, a rail behind the digits and what stands above or below them is none")
  func others() {
    #expect(!isDashSeen())
    #expect(!isDashSeen([Box(left: 108, top: 68, width: 4, height: 4)]))
    #expect(!isDashSeen([Box(left: 0, top: 66, width: 220, height: 8)]))
    #expect(!isDashSeen([Box(left: 98, top: 44, width: 24, height: 6)]))
    #expect(!isDashSeen([Box(left: 98, top: 94, width: 24, height: 6)]))
    #expect(!isDashSeen([Box(left: 109, top: 30, width: 2, height: 80)]))
  }

  @Test("Digits so near that their crop shows what is between them have no hidden gap")
  func near() {
    let digits = [Box(left: 60, top: 40, width: 20, height: 60), Box(left: 100, top: 40, width: 20, height: 60)]
    let chain = Chain(digits: digits.map { Digit(value: 1, score: 9000, box: $0) }, isUpright: false)
    #expect(chain.hiddenGaps.isEmpty)
  }
}
