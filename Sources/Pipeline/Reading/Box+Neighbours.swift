import DigitNet

extension Box {
  /// Twice the coordinates of the centre, in pixels, so that they are whole numbers.
  var middle: (x: Int, y: Int) { (left + right, top + bottom) }

  /// The horizontal and vertical gap to another box, in pixels; negative where the boxes overlap in that direction.
  func gaps(to other: Box) -> (across: Int, down: Int) {
    (
      max(other.left - right, left - other.right),
      max(other.top - bottom, top - other.bottom)
    )
  }

  /// The larger of the horizontal and vertical gaps to another box, in pixels; negative if the boxes overlap.
  func gap(to other: Box) -> Int {
    let gaps = gaps(to: other)
    return max(gaps.across, gaps.down)
  }
}
