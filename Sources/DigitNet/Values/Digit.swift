/// A digit found by the detector.
public struct Digit: Sendable, Hashable, Codable {
  /// The digit, 0 to 9.
  public var value: Int
  /// The probability of the digit, in 1/10,000.
  public var score: Int
  /// The box in the upright picture.
  public var box: Box
  /// The probability of each digit, 0 to 9, at this place, in 1/10,000; empty if unknown.
  public var scores: [Int]

  /// A digit from its parts.
  public init(value: Int, score: Int, box: Box, scores: [Int] = []) {
    self.value = value
    self.score = score
    self.box = box
    self.scores = scores
  }
}
