package import DigitNet

extension Box {
  /// The minimum ``intersectionOverUnion(_:)`` of two boxes around the same thing.
  package static let sameThing = 0.5

  /// The intersection of two boxes divided by their union (Jaccard index): 0 if they are disjoint, 1 if they are equal.
  package func intersectionOverUnion(_ other: Box) -> Double {
    let common = intersection(other)
    return common == 0 ? 0 : Double(common) / Double(area + other.area - common)
  }
}
