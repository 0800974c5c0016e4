package import StreetCore

/// How well confidences are calibrated: the bins of a reliability diagram.
package struct Reliability: Sendable, Hashable {
  /// A bin: numbers with neighbouring confidences.
  package struct Bin: Sendable, Hashable {
    /// The mean confidence, 0...1.
    package var meanConfidence: Double
    /// The share of correct numbers.
    package var right: Share
  }

  /// Bins of equal size, up to one number, by descending confidence; empty bins are left out.
  package let bins: [Bin]
  /// The expected calibration error, 0...1: the mean absolute difference between a bin's mean confidence and its share
  /// of correct numbers.
  package let expectedError: Double
  /// The number of confidences in each twentieth of the range from 0 to 1.
  package let histogram: [Int]

  /// Groups judgements, sorted by confidence, into `count` bins of equal mass.
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
