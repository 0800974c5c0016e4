package import StreetCore

/// How well confidences agree with how often they are right: a reliability diagram's bins.
package struct Reliability: Sendable, Hashable {
  /// Numbers of neighbouring confidences.
  package struct Bin: Sendable, Hashable {
    /// The mean of their confidences, 0...1.
    package var meanConfidence: Double
    /// How many of them are right.
    package var right: Share
  }

  /// Bins of as many numbers each, but for one, the surest first; empty ones are left out.
  package let bins: [Bin]
  /// The mean distance, 0...1, between a bin's confidence and its share of right ones: the expected calibration error.
  package let expectedError: Double
  /// How many confidences lie in each twentieth from 0 to 1.
  package let histogram: [Int]

  /// Puts judgements, by falling confidence, into so many bins of equal mass.
  package init(_ judgements: [Judgement], bins count: Int = 15) {
    let ranked = judgements.ranked()
    bins = (0..<count).compactMap { bin in
      let part = ranked[bin * ranked.count / count..<(bin + 1) * ranked.count / count]
      guard !part.isEmpty else { return nil }
      let sum = part.reduce(0) { $0 + $1.confidence }
      return Bin(
        meanConfidence: Double(sum) / Double(Confidence.one) / Double(part.count),
        right: Share(part.count(where: \.isRight), of: part.count))
    }
    expectedError = bins.reduce(0) { error, bin in
      error + abs(bin.meanConfidence - bin.right.value) * Double(bin.right.count) / Double(ranked.count)
    }
    histogram = ranked.reduce(into: Array(repeating: 0, count: 20)) { $0[min($1.confidence / 500, 19)] += 1 }
  }
}
