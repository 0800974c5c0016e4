package import DigitNet

extension Box {
  /// The least ``intersectionOverUnion(_:)`` of two boxes around the same thing.
  package static let sameThing = 0.5

  /// How well two boxes agree, 0 (apart) to 1 (equal): the area of both over that of either (Jaccard index).
  package func intersectionOverUnion(_ other: Box) -> Double {
    let common = intersection(other)
    return common == 0 ? 0 : Double(common) / Double(area + other.area - common)
  }
}
