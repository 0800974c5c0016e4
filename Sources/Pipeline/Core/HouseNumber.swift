public import DigitNet

/// A house number: digits in reading order, their boxes, and the confidence.
public struct HouseNumber: Sendable, Hashable, Codable {
  /// The digits as text, one to six of them, including leading zeros.
  public var text: String { given ?? digits.map { String($0.value) }.joined() }
  /// The confidence of the whole number, in 1/10,000.
  public var confidence: Int
  /// The digits in reading order, one to six, without the scores of other digits, which are not stored. Empty if a
  /// reviewer gave the text, because then no digit has a box.
  public var digits: [Digit]
  /// The smallest box around all digits.
  public var box: Box
  /// The text given by a reviewer; nil if the digits were read.
  private var given: String?

  /// A number from its digits in reading order, at least one.
  package init(digits: [Digit], confidence: Int) {
    precondition(!digits.isEmpty)
    self.digits = digits.map { Digit(value: $0.value, score: $0.score, box: $0.box) }
    self.confidence = confidence
    box = Box(around: digits.map(\.box))
  }

  /// A number given by a reviewer: one to six digits.
  package init(text: String, confidence: Int, box: Box) {
    (given, digits, self.confidence, self.box) = (text, [], confidence, box)
  }
}
