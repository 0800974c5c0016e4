/// A digit that the network saw.
public struct Digit: Sendable, Hashable, Codable {
  /// Which digit, 0 to 9.
  public var value: Int
  /// How sure the network is, in 1/10,000.
  public var score: Int
  /// Where it stands in the upright picture.
  public var box: Box
  /// How sure the network is of each digit, 0 to 9, at this place, in 1/10,000; empty where that isn't known.
  public var scores: [Int]

  /// A digit from its parts.
  public init(value: Int, score: Int, box: Box, scores: [Int] = []) {
    self.value = value
    self.score = score
    self.box = box
    self.scores = scores
  }
}
