import DigitNet
import DigitNetTraining

/// The outputs of a stencil over a picture: the picture, the largest output at each place, and that output's digit.
struct StencilMap {
  private let picture: Image
  private let answers: Tensor
  private let window: Shape
  /// The stencil's stride in pixels.
  private let stride: Int

  /// The pixels between the parts, and the height of the legend.
  private static let (gap, legend) = (8, 24)

  /// The colours of the digits, which people with red-green colour blindness can distinguish (after Tol's muted
  /// scheme).
  private static let colours: [[Int]] = [
    [204, 102, 119], [51, 34, 136], [221, 204, 119], [17, 119, 51], [136, 204, 238], [136, 34, 85], [68, 170, 153],
    [153, 153, 51], [170, 68, 153], [230, 140, 60],
  ]

  init(_ picture: Image, _ answers: Tensor, window: Shape) {
    (self.picture, self.answers, self.window) = (picture, answers, window)
    stride =
      answers.shape.rows > 1
      ? (picture.height - window.rows) / (answers.shape.rows - 1)
      : max(1, (picture.width - window.columns) / max(answers.shape.columns - 1, 1))
  }

  /// The share of places whose largest output is above a value.
  func share(above least: Float) -> Double {
    let cells = answers.shape.cells
    let above = (0..<cells).count { strongest($0).output > least }
    return Double(above) / Double(max(cells, 1))
  }

  private func strongest(_ cell: Int) -> (digit: Int, output: Float) {
    let outputs = answers.values[cell * answers.shape.channels..<(cell + 1) * answers.shape.channels]
    let best = outputs.indices.reduce(outputs.startIndex) { outputs[$1] > outputs[$0] ? $1 : $0 }
    return (best - outputs.startIndex, outputs[best])
  }

  /// The map: its parts one below the other, and the legend of the digits' colours at the bottom.
  var image: Image {
    let (width, height) = (picture.width, picture.height)
    let total = 3 * height + 3 * Self.gap + Self.legend
    var pixels = [UInt8](repeating: 255, count: Image.channels * width * total)
    func set(_ x: Int, _ y: Int, _ colour: [Int]) {
      for channel in 0..<Image.channels { pixels[(y * width + x) * Image.channels + channel] = UInt8(colour[channel]) }
    }
    pixels.replaceSubrange(0..<picture.pixels.count, with: picture.pixels)
    let (heat, digits) = (height + Self.gap, 2 * (height + Self.gap))
    for y in 0..<height {
      for x in 0..<width {
        guard let cell = cell(x, y) else {
          set(x, heat + y, [40, 40, 40])
          set(x, digits + y, [225, 225, 225])
          continue
        }
        let (digit, output) = strongest(cell)
        set(x, heat + y, Self.glow(output))
        set(x, digits + y, Self.colours[digit].map { 255 - Int(Float(255 - $0) * min(max(output, 0), 1)) })
      }
    }
    drawLegend(width, top: 3 * (height + Self.gap), set)
    return Image(width: width, height: total, pixels: pixels)
  }

  /// The output whose window is centred nearest to a pixel; nil outside of all windows.
  private func cell(_ x: Int, _ y: Int) -> Int? {
    let (row, column) = (y - window.rows / 2 + stride / 2, x - window.columns / 2 + stride / 2)
    guard row >= 0, column >= 0, row / stride < answers.shape.rows, column / stride < answers.shape.columns else {
      return nil
    }
    return row / stride * answers.shape.columns + column / stride
  }

  /// From black (0) by red and yellow to white (1).
  private static func glow(_ output: Float) -> [Int] {
    let level = Int(min(max(output, 0), 1) * 765)
    return [min(level, 255), min(max(level - 255, 0), 255), min(max(level - 510, 0), 255)]
  }

  private func drawLegend(_ width: Int, top: Int, _ set: (Int, Int, [Int]) -> Void) {
    let step = width / Self.colours.count
    guard step >= 20 else { return }
    for (digit, colour) in Self.colours.enumerated() {
      for y in 4..<20 { for x in 0..<16 { set(digit * step + x, top + y, colour) } }
      // White strokes on 3 by 5 cells of two pixels each, in the middle of the square.
      for (place, isInk) in DigitGlyph.cells(of: digit).enumerated() where isInk {
        for dy in 0..<2 {
          for dx in 0..<2 { set(digit * step + 5 + place % 3 * 2 + dx, top + 7 + place / 3 * 2 + dy, [255, 255, 255]) }
        }
      }
    }
  }
}

/// Glyphs of the digits on a grid of three by five cells.
private enum DigitGlyph {
  /// One bit per cell, in rows from the top; the first cell is the highest bit.
  private static let bits = [
    0b111_101_101_101_111, 0b010_110_010_010_111, 0b111_001_111_100_111, 0b111_001_111_001_111, 0b101_101_111_001_001,
    0b111_100_111_001_111, 0b111_100_111_101_111, 0b111_001_001_001_001, 0b111_101_111_101_111, 0b111_101_111_001_111,
  ]

  static func cells(of digit: Int) -> [Bool] { (0..<15).map { bits[digit] >> (14 - $0) & 1 == 1 } }
}
