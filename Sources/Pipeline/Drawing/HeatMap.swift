import DigitNet

/// Draws the detector's evidence: each pyramid level in its own colour, over the picture in grey.
struct HeatMap {
  private let levels: [EvidenceMap]
  private let scale: Double

  /// The colours, from small to large digits.
  private static let colours = [
    0xFF4FA3, 0xFF8A1F, 0xFFD400, 0x6BE03A, 0x16D6C8, 0x3FA0FF, 0xA06BFF, 0xE45BFF, 0xFFFFFF, 0xC9A27A, 0x7F8C99,
  ].map { Colour($0) }

  /// The minimum probability that is drawn.
  private static let least = 0.08

  /// The evidence of a picture that is drawn at the given scale.
  init(_ levels: [EvidenceMap], scale: Double) { (self.levels, self.scale) = (levels, scale) }

  private func colour(_ level: EvidenceMap) -> Colour {
    Self.colours[min(max(level.exponent + 1, 0), Self.colours.count - 1)]
  }

  /// Draws the evidence over the picture on the canvas.
  func draw(on canvas: inout Canvas) {
    let tints = levels.map { level in
      let colour = colour(level)
      return SIMD3(Double(colour.red), Double(colour.green), Double(colour.blue))
    }
    let scale = scale
    canvas.change { x, y, pixel in
      let grey = (0.299 * pixel[0] + 0.587 * pixel[1] + 0.114 * pixel[2]) * 0.5
      var (most, tint) = (Self.least, SIMD3<Double>.zero)
      for (level, colour) in zip(levels, tints) {
        let seen = level.probability(x: (Double(x) + 0.5) / scale, y: (Double(y) + 0.5) / scale)
        if seen > most { (most, tint) = (seen, colour) }
      }
      let opacity = 0.9 * max(0, most - Self.least).squareRoot()
      return SIMD3(repeating: grey) * (1 - opacity) + tint * opacity
    }
    drawKey(on: &canvas)
  }

  /// Draws a key in a corner, which gives the digit height for each colour.
  private func drawKey(on canvas: inout Canvas) {
    let size = min(max(max(canvas.frame.width, canvas.frame.height) / 90, 13), 22)
    let rows = levels.filter { $0.scores.contains { Double($0) > 255 * Self.least } }.map { level in
      (colour: colour(level), text: "\(Self.pixels(13, level.exponent)) to \(Self.pixels(38, level.exponent)) px")
    }
    let title = rows.isEmpty ? "no digit is seen" : "digits of a height of"
    let texts = [title] + rows.map(\.text)
    let width = texts.map { canvas.lettering.width(of: $0, size: size) }.max() ?? 0
    let height = Double(texts.count) * 1.4 * size + 0.8 * size
    let key = Rectangle(
      left: size / 2, top: canvas.frame.height - height - size / 2, width: width + 3.2 * size, height: height)
    guard canvas.frame.contains(key) else { return }
    canvas.fill(key, .black, opacity: 0.75, radius: size / 3)
    var baseline = key.top + 1.4 * size
    canvas.write(title, left: key.left + 0.7 * size, baseline: baseline, size: size, .white)
    for row in rows {
      baseline += 1.4 * size
      canvas.fill(
        Rectangle(left: key.left + 0.7 * size, top: baseline - 0.8 * size, width: 0.9 * size, height: 0.9 * size),
        row.colour, radius: size / 6)
      canvas.write(row.text, left: key.left + 2.1 * size, baseline: baseline, size: size, .white)
    }
  }

  private static func pixels(_ length: Int, _ exponent: Int) -> Int {
    exponent < 0 ? length >> -exponent : length << exponent
  }
}
