/// A digit that the network saw.
public struct Digit: Sendable, Hashable {
  /// Which digit, 0 to 9.
  public var value: Int
  /// How sure the network is, in 1/10,000.
  public var score: Int
  /// Where it stands in the upright picture.
  public var box: Box

  /// A digit from its parts.
  public init(value: Int, score: Int, box: Box) {
    self.value = value
    self.score = score
    self.box = box
  }
}
