/// A number that was read, and whether it is right.
package struct Judgement: Sendable, Hashable {
  /// How sure the reader was, in 1/10,000.
  package var confidence: Int
  /// Whether the label says the same.
  package var isRight: Bool

  /// A judgement from its parts.
  package init(confidence: Int, isRight: Bool) {
    self.confidence = confidence
    self.isRight = isRight
  }
}

extension [Judgement] {
  /// By falling confidence; the surer comes first, and of equals the one that came first.
  func ranked() -> [Judgement] { sorted { $0.confidence > $1.confidence } }
}
