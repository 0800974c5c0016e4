import DigitNet

/// The positions at which the next digit of a number may be.
enum Reach: CaseIterable {
  /// To the right, at a slant of up to about 30 degrees and a gap of up to one digit height.
  case line
  /// To the right, below or diagonally, at a gap of up to one and a half digit heights.
  case path

  /// The maximum ratio of the heights of two neighbouring digits.
  private static let heights = Ratio(16, 10)

  /// A line rises or falls by at most `rise` per `run`, which is tan 30 degrees; boxes that sit unevenly may be off by another
  /// `unevenness` per `run` of half a digit's height.
  private static let (rise, run, unevenness) = (4, 7, 3)

  /// The steepest way up of a path, as upward to rightward distance: 69 degrees.
  private static let climb = Ratio(13, 5)

  /// The maximum lean to the left on a way down, as leftward to downward distance: 19 degrees.
  private static let lean = Ratio(7, 20)

  /// The maximum gap between neighbours on a path, in digit heights.
  private static let pathGap = Ratio(3, 2)

  /// The inverse square of the cosine of 60 degrees, the maximum turn of a path.
  private static let turn = 4.0

  /// Whether `b` can follow `a`: their heights are similar, and `b` is within reach.
  func allows(_ a: Box, _ b: Box) -> Bool {
    let (small, large) = (min(a.height, b.height), max(a.height, b.height))
    guard !Reach.heights.isExceeded(by: large, of: small) else { return false }
    let (dx, dy) = (b.middle.x - a.middle.x, b.middle.y - a.middle.y)  // twice the distance from centre to centre
    switch self {
    case .line:
      return dx > 0 && b.left - a.right <= large
        && Reach.run * abs(dy) <= Reach.rise * dx + Reach.unevenness * large
    case .path:
      let isAhead =
        dx > 0 ? !Reach.climb.isExceeded(by: -dy, of: dx) : dy > 0 && !Reach.lean.isExceeded(by: -dx, of: dy)
      let gaps = a.gaps(to: b)
      return isAhead && !Reach.pathGap.isExceeded(by: max(gaps.across, 0) + max(gaps.down, 0), of: large)
    }
  }

  /// Whether a path from `a` to `b` may continue to `c`: it turns by at most 60 degrees.
  func allows(from a: Box, by b: Box, to c: Box) -> Bool {
    guard self == .path else { return true }
    let before = (x: Double(b.middle.x - a.middle.x), y: Double(b.middle.y - a.middle.y))
    let after = (x: Double(c.middle.x - b.middle.x), y: Double(c.middle.y - b.middle.y))
    let along = before.x * after.x + before.y * after.y
    let lengths = (before.x * before.x + before.y * before.y) * (after.x * after.x + after.y * after.y)
    return along > 0 && Reach.turn * along * along >= lengths
  }
}
