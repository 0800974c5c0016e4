public import DigitNet

/// Digits of like height that stand in a line: what may be a house number.
public struct Chain: Sendable, Hashable {
  /// The digits in reading order, at least one.
  public let digits: [Digit]
  /// Whether they stand below each other.
  public let isStack: Bool

  /// A chain of digits in reading order.
  public init(digits: [Digit], isStack: Bool) {
    precondition(!digits.isEmpty)
    self.digits = digits
    self.isStack = isStack
  }

  /// The digits' values.
  public var values: [Int] { digits.map(\.value) }

  /// The mean of the digits' heights, in pixels.
  public var height: Double { Double(digits.map(\.box.height).reduce(0, +)) / Double(digits.count) }
}
