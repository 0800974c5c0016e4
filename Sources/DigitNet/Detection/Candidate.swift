/// A cell of some pyramid level in which the network sees a digit, in units that all levels share.
struct Candidate {
  let value: Int
  /// In 1/256.
  let logit: Int
  /// The same of each digit, 0 to 9.
  let logits: SIMD16<Int16>
  /// Of the pyramid level.
  let exponent: Int
  /// Sides in 1/32 pixel of the picture (a sixteenth of the enlarged level's pixel).
  let left, top, right, bottom: Int
  /// The cell's place on its level.
  private let x, y: Int

  /// What a pixel of the picture is counted in.
  static let unit = 32

  /// `value` is the digit of the largest of `logits`. `x`, `y` and `sides` (left, top, right, bottom) are in `1/unit` of the
  /// level's pixel; the box is cut at the rim of the picture, `width` times `height` pixels.
  init(
    value: Int, logits: SIMD16<Int16>, exponent: Int, x: Int, y: Int, sides: [Int], unit: Int, width: Int, height: Int
  ) {
    self.value = value
    self.logits = logits
    logit = Int(logits[value])
    (self.exponent, self.x, self.y) = (exponent, x, y)
    func picture(_ coordinate: Int, _ side: Int) -> Int {
      min(max(((coordinate * Candidate.unit) << (exponent + 1)) / (2 * unit), 0), side * Candidate.unit)
    }
    left = picture(x - sides[0], width)
    top = picture(y - sides[1], height)
    right = picture(x + sides[2], width)
    bottom = picture(y + sides[3], height)
  }

  /// The same sides as a box in 1/32 pixel; its width or height may be 0 or less.
  var box: Box { Box(left: left, top: top, width: right - left, height: bottom - top) }

  /// Stronger first; the rest is for an order that never depends on anything else.
  static func precedes(_ a: Candidate, _ b: Candidate) -> Bool {
    let first = (-a.logit, a.exponent, a.top, a.left, a.value)
    let second = (-b.logit, b.exponent, b.top, b.left, b.value)
    return first == second ? (a.y, a.x) < (b.y, b.x) : first < second
  }

  /// In whole pixels; nil where nothing of it is left.
  var digit: Digit? {
    func whole(_ side: Int) -> Int { (side + Candidate.unit / 2) / Candidate.unit }
    let (l, t, r, b) = (whole(left), whole(top), whole(right), whole(bottom))
    guard r > l, b > t else { return nil }
    return Digit(
      value: value, score: Sigmoid.probability(logit), box: Box(left: l, top: t, width: r - l, height: b - t),
      scores: (0..<10).map { Sigmoid.probability(Int(logits[$0])) })
  }
}

extension Candidate {
  /// What of the above decides digits, by name.
  static let constants: [String: [Double]] = ["unit": [Double(unit)]]
}
