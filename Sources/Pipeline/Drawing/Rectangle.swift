import DigitNet

/// An axis-parallel rectangle in a drawing, in fractional pixels.
struct Rectangle: Sendable, Hashable {
  var left, top, width, height: Double

  var right: Double { left + width }
  var bottom: Double { top + height }

  var middle: (x: Double, y: Double) { (left + width / 2, top + height / 2) }

  init(left: Double, top: Double, width: Double, height: Double) {
    (self.left, self.top, self.width, self.height) = (left, top, width, height)
  }

  /// A box of a picture that is drawn at the given scale.
  init(_ box: Box, scale: Double) {
    self.init(
      left: Double(box.left) * scale, top: Double(box.top) * scale, width: Double(box.width) * scale,
      height: Double(box.height) * scale)
  }

  /// The rectangle enlarged by a margin on each side.
  func grown(by margin: Double) -> Rectangle {
    Rectangle(left: left - margin, top: top - margin, width: width + 2 * margin, height: height + 2 * margin)
  }

  /// The area of the intersection.
  func intersection(_ other: Rectangle) -> Double {
    max(0, min(right, other.right) - max(left, other.left)) * max(0, min(bottom, other.bottom) - max(top, other.top))
  }

  func contains(_ other: Rectangle) -> Bool {
    other.left >= left && other.top >= top && other.right <= right && other.bottom <= bottom
  }
}
