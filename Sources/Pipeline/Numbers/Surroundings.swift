import DigitNet

/// What its picture says of a candidate.
public struct Surroundings: Sendable, Hashable {
  /// About how many places of the candidate's size the picture has, as a logarithm to base 2: the more are looked at, the
  /// more often something looks like a number that is none.
  public let places: Double
  /// How likely the likeliest other candidate is a number.
  public let elsewhere: Double

  /// Surroundings from their parts.
  public init(places: Double = 0, elsewhere: Double = 0) {
    self.places = places
    self.elsewhere = elsewhere
  }

  /// Those of each reading of a picture.
  static func all(of readings: [Reading], in size: ImageSize) -> [Surroundings] {
    let boxes = readings.map { Box(around: $0.chain.digits.map(\.box)) }
    let likely = readings.map { 1 - $0.none }
    let ranked = readings.indices.sorted { likely[$0] > likely[$1] }
    return zip(readings, boxes).map { reading, box in
      let other = ranked.first { 2 * box.intersection(boxes[$0]) <= min(box.area, boxes[$0].area) }
      let height = reading.chain.height
      return Surroundings(
        places: logarithm(max(Double(size.pixels) / (height * height), 1)),
        elsewhere: other.map { likely[$0] } ?? 0)
    }
  }

  /// The logarithm to base 2, between powers of two by a straight line: without libm, the same on every machine.
  private static func logarithm(_ value: Double) -> Double { Double(value.exponent) + value.significand - 1 }
}
