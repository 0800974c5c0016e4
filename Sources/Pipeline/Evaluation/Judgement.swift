/// The confidence of a number that was read, and whether it is correct.
package struct Judgement: Sendable, Hashable {
  /// The confidence, in 1/10,000.
  package var confidence: Int
  /// Whether the number equals the label.
  package var isRight: Bool

  /// A judgement from its parts.
  package init(confidence: Int, isRight: Bool) {
    self.confidence = confidence
    self.isRight = isRight
  }
}

extension [Judgement] {
  /// Sorted by descending confidence; judgements with equal confidence keep their order.
  func ranked() -> [Judgement] { sorted { $0.confidence > $1.confidence } }
}
