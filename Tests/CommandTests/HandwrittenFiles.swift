/// Files of MNIST's form with drawn strokes in place of handwriting: a bar at a place that the label says, with noise.
enum HandwrittenFiles {
  static func images(_ count: Int) -> [UInt8] {
    var state: UInt64 = 7
    func noise() -> UInt8 {
      state = state &* 6_364_136_223_846_793_005 &+ 1
      return UInt8(state >> 59)
    }
    let pixels = (0..<count).flatMap { image -> [UInt8] in
      let label = image * 10 / count
      return (0..<28 * 28).map { place in
        let (row, column) = (place / 28, place % 28)
        let isBar = label < 5 ? (4 + 4 * label..<7 + 4 * label) ~= row : (4 * label - 16..<4 * label - 13) ~= column
        return isBar ? 220 + noise() : noise()
      }
    }
    return header(0x0803, [count, 28, 28]) + pixels
  }

  static func labels(_ count: Int) -> [UInt8] {
    header(0x0801, [count]) + (0..<count).map { UInt8($0 * 10 / count) }
  }

  private static func header(_ magic: Int, _ sides: [Int]) -> [UInt8] {
    ([magic] + sides).flatMap { number in (0..<4).map { UInt8(truncatingIfNeeded: number >> (24 - 8 * $0)) } }
  }
}
