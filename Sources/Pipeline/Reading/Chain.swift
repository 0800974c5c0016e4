package import DigitNet

/// Digits of like height along a path: what may be a house number.
package struct Chain: Sendable, Hashable {
  /// The digits in reading order, at least one.
  package let digits: [Digit]
  /// Whether each digit is taken to be upright by itself, as in stacks and diagonals, or to lean with the line of them.
  package let isUpright: Bool

  /// A chain of digits in reading order.
  package init(digits: [Digit], isUpright: Bool) {
    precondition(!digits.isEmpty)
    self.digits = digits
    self.isUpright = isUpright
  }

  /// The chains of digits in reading order: two where they may be upright on a diagonal or lean with a steep line, and where a
  /// digit may stand alone or in a stack whose others were missed.
  static func views(of digits: [Digit]) -> [Chain] {
    guard digits.count > 1 else { return [false, true].map { Chain(digits: digits, isUpright: $0) } }
    let (first, last) = (digits[0].box.middle, digits[digits.count - 1].box.middle)
    let (run, rise) = (last.x - first.x, abs(last.y - first.y))
    // Of lines on walls and plates one in twenty is steeper than the first.
    let leans = 5 * rise <= 2 * run
    let isUpright = Double(rise) > Crop.steepest * Double(run)
    let views = leans ? [false] : isUpright ? [true] : [false, true]
    return views.map { Chain(digits: digits, isUpright: $0) }
  }

  /// The least length of a text that makes the chain worth reading: of a stack's only digit more than that digit.
  var leastLength: Int { digits.count == 1 && isUpright ? 2 : 1 }

  /// The digits' values.
  package var values: [Int] { digits.map(\.value) }

  /// The mean of the digits' heights, in pixels.
  package var height: Double { Double(digits.map(\.box.height).reduce(0, +)) / Double(digits.count) }
}
