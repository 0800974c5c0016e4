public import DigitNet

/// A house number that was read: digits in reading order, where they stand, and how sure it is.
public struct HouseNumber: Sendable, Hashable, Codable {
  /// The digits as text, one to six of them; leading zeros stay.
  public var text: String { given ?? digits.map { String($0.value) }.joined() }
  /// How sure the whole number is, in 1/10,000.
  public var confidence: Int
  /// The digits in reading order, one to six; without the scores of other digits, which are not kept. None where a reviewer gave
  /// the text, and nobody knows where each digit stands.
  public var digits: [Digit]
  /// The smallest box around all digits.
  public var box: Box
  /// The text that a reviewer gave; nil where the digits were read.
  private var given: String?

  /// A number from its digits in reading order; at least one.
  package init(digits: [Digit], confidence: Int) {
    precondition(!digits.isEmpty)
    self.digits = digits.map { Digit(value: $0.value, score: $0.score, box: $0.box) }
    self.confidence = confidence
    box = Box(around: digits.map(\.box))
  }

  /// A number that a reviewer gave: one to six digits.
  package init(text: String, confidence: Int, box: Box) {
    (given, digits, self.confidence, self.box) = (text, [], confidence, box)
  }
}
