import DigitNet

extension Box {
  /// Twice its middle, in pixels.
  var middle: (x: Int, y: Int) { (left + right, top + bottom) }

  /// How far another box is from this one, in pixels: sideways, and up or down. Where they overlap that is negative.
  func gaps(to other: Box) -> (across: Int, down: Int) {
    (
      max(other.left - right, left - other.right),
      max(other.top - bottom, top - other.bottom)
    )
  }

  /// How far another box is from this one in the direction in which it is farther, in pixels; negative where they overlap.
  func gap(to other: Box) -> Int {
    let gaps = gaps(to: other)
    return max(gaps.across, gaps.down)
  }
}
