package import StreetCore

/// How many numbers can be kept, and how many of these are right, for each confidence that could be asked for.
///
/// The headline figure of Goodfellow et al. (2013, arXiv:1312.6082) is how much its ``widest(atPrecision:)`` at 0.98 keeps.
package struct CoverageCurve: Sendable, Hashable {
  /// What asking for a least confidence keeps.
  package struct Point: Sendable, Hashable {
    /// The least confidence, in 1/10,000.
    package var confidence: Int
    /// The right ones among the numbers that are kept.
    package var precision: Share
  }

  /// A point for each confidence that occurs, the surest first.
  package let points: [Point]

  /// The curve of what was read.
  package init(_ judgements: [Judgement]) {
    var points: [Point] = []
    var (kept, right) = (0, 0)
    for judgement in judgements.ranked() {
      kept += 1
      right += judgement.isRight ? 1 : 0
      // Equal confidences are kept together or not at all.
      if points.last?.confidence == judgement.confidence { points.removeLast() }
      points.append(Point(confidence: judgement.confidence, precision: Share(right, of: kept)))
    }
    self.points = points
  }

  /// The point that keeps most with at least so many, 0...1, of the kept ones right; nil where none does.
  package func widest(atPrecision precision: Double) -> Point? {
    points.last { Double($0.precision.hits) >= precision * Double($0.precision.count) }
  }
}
