package import DigitNet

/// Digits of similar height along a path: a candidate for a house number.
package struct Chain: Sendable, Hashable {
  /// The digits in reading order, at least one.
  package let digits: [Digit]
  /// Whether each digit is taken to stand upright, as in stacks and diagonals, or to follow the slope of the line.
  package let isUpright: Bool

  /// A chain of digits in reading order.
  package init(digits: [Digit], isUpright: Bool) {
    precondition(!digits.isEmpty)
    self.digits = digits
    self.isUpright = isUpright
  }

  /// The maximum slope of a line whose digits certainly follow it. One in twenty lines on walls and plates is steeper.
  private static let leaning = Ratio(2, 5)

  /// The chains for digits in reading order. There are two if the digits may stand upright on a diagonal or follow a
  /// steep line, and for a single digit, which may be the only detected digit of a stack.
  static func views(of digits: [Digit]) -> [Chain] {
    guard digits.count > 1 else { return [false, true].map { Chain(digits: digits, isUpright: $0) } }
    let (first, last) = (digits[0].box.middle, digits[digits.count - 1].box.middle)
    let (run, rise) = (last.x - first.x, abs(last.y - first.y))
    let leans = !Chain.leaning.isExceeded(by: rise, of: run)
    let isUpright = Double(rise) > Crop.steepest * Double(run)
    let views = leans ? [false] : isUpright ? [true] : [false, true]
    return views.map { Chain(digits: digits, isUpright: $0) }
  }

  /// The minimum length of a text that makes the chain worth reading: 2 for the only detected digit of a stack.
  var leastLength: Int { digits.count == 1 && isUpright ? 2 : 1 }

  /// The values of the digits.
  package var values: [Int] { digits.map(\.value) }

  /// The mean height of the digits, in pixels.
  package var height: Double { Double(digits.map(\.box.height).reduce(0, +)) / Double(digits.count) }
}
