import DigitNet

/// What the rest of the picture says about a candidate.
package struct Surroundings: Sendable, Hashable {
  /// The approximate number of positions of the candidate's size in the picture, as a logarithm to base 2. The more
  /// positions there are, the more often something resembles a number by chance.
  package let places: Double
  /// The probability that the most probable other candidate is a number.
  package let elsewhere: Double
  /// The probability of a text with more than `count` digits in another candidate that contains all digits of this one,
  /// indexed by `count` from 0. Beyond the last index it is 0.
  let longer: [Double]

  /// Surroundings from their parts.
  package init(places: Double = 0, elsewhere: Double = 0, longer: [Double] = []) {
    self.places = places
    self.elsewhere = elsewhere
    self.longer = longer
  }

  /// Readings that share more than this part of the smaller one's box are of the same candidate.
  private static let sameCandidate = Ratio(1, 2)

  /// The surroundings of each reading of a picture.
  static func all(of readings: [Reading], in size: ImageSize) -> [Surroundings] {
    let boxes = readings.map { Box(around: $0.chain.digits.map(\.box)) }
    let likely = readings.map { 1 - $0.none }
    let longer = longer(of: readings)
    let ranked = readings.indices.sorted { likely[$0] > likely[$1] }
    return readings.indices.map { i in
      let (reading, box) = (readings[i], boxes[i])
      let other = ranked.first {
        !sameCandidate.isExceeded(by: box.intersection(boxes[$0]), of: min(box.area, boxes[$0].area))
      }
      let height = reading.chain.height
      return Surroundings(
        places: logarithm(max(Double(size.pixels) / (height * height), 1)),
        elsewhere: other.map { likely[$0] } ?? 0, longer: longer[i])
    }
  }

  /// The value of ``longer`` for each reading.
  private static func longer(of readings: [Reading]) -> [[Double]] {
    // For each digit, the readings that contain it.
    var sharing: [Digit: [Int]] = [:]
    for (i, reading) in readings.enumerated() {
      for digit in reading.chain.digits { sharing[digit, default: []].append(i) }
    }
    let likely = readings.map(\.likeliestLonger)
    return readings.indices.map { i in
      let digits = readings[i].chain.digits
      return sharing[digits[0], default: []].reduce(into: []) { most, other in
        guard other != i, digits.allSatisfy(readings[other].chain.digits.contains) else { return }
        most += Array(repeating: 0, count: max(likely[other].count - most.count, 0))
        for (count, probability) in likely[other].enumerated() { most[count] = max(most[count], probability) }
      }
    }
  }

  /// The logarithm to base 2, linear between powers of two: without libm, so the same on every machine.
  private static func logarithm(_ value: Double) -> Double { Double(value.exponent) + value.significand - 1 }
}
