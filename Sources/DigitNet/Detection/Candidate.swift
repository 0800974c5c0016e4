/// A detection before suppression: one cell of a pyramid level in which the detector sees a digit.
struct Candidate {
  let value: Int
  /// The logit of `value`, in 1/256.
  let logit: Int
  /// The logits of the digits 0 to 9, in 1/256.
  let logits: SIMD16<Int16>
  /// The exponent of the pyramid level: ``Pyramid/Level/exponent``.
  let exponent: Int
  /// The sides of the box in 1/32 pixel of the picture, which is 1/16 pixel of the enlarged level.
  let left, top, right, bottom: Int
  /// The cell's position on its level.
  private let x, y: Int

  /// Units of a coordinate per pixel of the picture.
  static let unit = 32

  /// `value` is the digit with the largest of `logits`. `x`, `y` and `sides` (left, top, right, bottom) are in `1/unit`
  /// of the level's pixel. The box is clipped to the picture, which is `width` by `height` pixels.
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

  /// The box in 1/32 pixel of the picture; its width or height may be 0 or less.
  var box: Box { Box(left: left, top: top, width: right - left, height: bottom - top) }

  /// Sorts by descending logit; the other keys make the order total and therefore reproducible.
  static func precedes(_ a: Candidate, _ b: Candidate) -> Bool {
    let first = (-a.logit, a.exponent, a.top, a.left, a.value)
    let second = (-b.logit, b.exponent, b.top, b.left, b.value)
    return first == second ? (a.y, a.x) < (b.y, b.x) : first < second
  }

  /// The digit with its box in whole pixels; nil where rounding leaves the box empty.
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
  /// The constants of this file that affect which digits are found, by name.
  static let constants: [String: [Double]] = ["unit": [Double(unit)]]
}
