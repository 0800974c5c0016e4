package import StreetCore

/// The number of numbers that are kept, and the precision among them, for each minimum confidence.
///
/// The main metric of Goodfellow et al. (2013, arXiv:1312.6082) is the coverage of ``widest(atPrecision:)`` at 0.98.
package struct CoverageCurve: Sendable, Hashable {
  /// The result of one minimum confidence.
  package struct Point: Sendable, Hashable {
    /// The minimum confidence, in 1/10,000.
    package var confidence: Int
    /// The share of correct numbers among those that are kept.
    package var precision: Share
  }

  /// A point for each confidence that occurs, in descending order.
  package let points: [Point]

  /// The curve of judged numbers.
  package init(_ judgements: [Judgement]) {
    var points: [Point] = []
    var (kept, right) = (0, 0)
    for judgement in judgements.ranked() {
      kept += 1
      right += judgement.isRight ? 1 : 0
      // Numbers of equal confidence are kept together.
      if points.last?.confidence == judgement.confidence { points.removeLast() }
      points.append(Point(confidence: judgement.confidence, precision: Share(right, of: kept)))
    }
    self.points = points
  }

  /// The point that keeps the most numbers with at least the given precision, 0...1; nil if there is none.
  package func widest(atPrecision precision: Double) -> Point? {
    points.last { Double($0.precision.hits) >= precision * Double($0.precision.count) }
  }
}
