/// A cell of some pyramid level in which the network sees a digit, in units that all levels share.
struct Candidate {
  let value: Int
  /// In 1/256.
  let logit: Int
  /// Of the pyramid level.
  let exponent: Int
  /// Sides in 1/32 pixel of the picture (a sixteenth of the enlarged level's pixel).
  let left, top, right, bottom: Int

  /// What a pixel of the picture is counted in.
  static let unit = 32

  /// `x`, `y` and `sides` (left, top, right, bottom) are in `1/unit` of the level's pixel.
  init(value: Int, logit: Int, exponent: Int, x: Int, y: Int, sides: [Int], unit: Int) {
    self.value = value
    self.logit = logit
    self.exponent = exponent
    func picture(_ coordinate: Int) -> Int { ((coordinate * Candidate.unit) << (exponent + 1)) / (2 * unit) }
    left = picture(x - sides[0])
    top = picture(y - sides[1])
    right = picture(x + sides[2])
    bottom = picture(y + sides[3])
  }

  var area: Int { max(0, right - left) * max(0, bottom - top) }

  func intersection(_ other: Candidate) -> Int {
    max(0, min(right, other.right) - max(left, other.left)) * max(0, min(bottom, other.bottom) - max(top, other.top))
  }

  /// Stronger first; the rest is for an order that never depends on anything else.
  static func precedes(_ a: Candidate, _ b: Candidate) -> Bool {
    (-a.logit, a.exponent, a.top, a.left, a.value) < (-b.logit, b.exponent, b.top, b.left, b.value)
  }

  /// In whole pixels inside the picture; nil where nothing of it is left.
  func digit(width: Int, height: Int) -> Digit? {
    func whole(_ side: Int, _ limit: Int) -> Int { min(max((side + Candidate.unit / 2) >> 5, 0), limit) }
    let (l, t, r, b) = (whole(left, width), whole(top, height), whole(right, width), whole(bottom, height))
    guard r > l, b > t else { return nil }
    return Digit(
      value: value, score: Sigmoid.probability(logit), box: Box(left: l, top: t, width: r - l, height: b - t))
  }
}
