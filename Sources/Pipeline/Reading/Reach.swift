import DigitNet

/// Where the next digit of a number may be.
enum Reach: CaseIterable {
  /// To the right, slanted by up to about 30 degrees, no farther than a digit is high.
  case line
  /// To the right, below or diagonally, up to one and a half of a digit's height apart.
  case path

  /// Whether `b` can follow `a`: of like height, and within reach.
  func allows(_ a: Box, _ b: Box) -> Bool {
    let (small, large) = (min(a.height, b.height), max(a.height, b.height))
    guard 10 * large <= 16 * small else { return false }
    let (dx, dy) = (b.middle.x - a.middle.x, b.middle.y - a.middle.y)  // twice the way from centre to centre
    switch self {
    case .line:
      // tan 30° is about 4/7; the rest allows for boxes that sit unevenly.
      return dx > 0 && b.left - a.right <= large && 7 * abs(dy) <= 4 * dx + 3 * large
    case .path:
      // From 69 degrees upwards to straight down, and there by 19 degrees to the left, too.
      let isAhead = dx > 0 ? 5 * -dy <= 13 * dx : 20 * -dx <= 7 * dy && dy > 0
      let gaps = a.gaps(to: b)
      return isAhead && 2 * (max(gaps.across, 0) + max(gaps.down, 0)) <= 3 * large
    }
  }

  /// Whether a path may go on from `b` to `c` when it has come from `a`: it doesn't turn by more than 60 degrees.
  func allows(from a: Box, by b: Box, to c: Box) -> Bool {
    guard self == .path else { return true }
    let before = (x: Double(b.middle.x - a.middle.x), y: Double(b.middle.y - a.middle.y))
    let after = (x: Double(c.middle.x - b.middle.x), y: Double(c.middle.y - b.middle.y))
    let along = before.x * after.x + before.y * after.y
    let lengths = (before.x * before.x + before.y * before.y) * (after.x * after.x + after.y * after.y)
    return along > 0 && 4 * along * along >= lengths
  }
}
