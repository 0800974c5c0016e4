package import StreetCore

/// The score for photographs with one number each. Only the most confident number of each photograph counts; it is
/// correct if all digits equal the label.
package struct SingleNumberScore: Sendable {
  /// Photographs whose most confident number is correct.
  package let accuracy: Share
  /// The accuracy by the label's length, ascending; 4 stands for four digits and more.
  package let accuracyByLength: [(length: Int, accuracy: Share)]
  /// Photographs in which any number was found.
  package let answered: Share
  /// The precision for each coverage.
  package let curve: CoverageCurve
  /// The calibration of the confidences.
  package let reliability: Reliability
  /// The number of numbers found, in all photographs, that differ from the label.
  package let falseNumbers: Int
  /// The score of the digits; nil unless all photographs have labelled digits.
  package let digits: DigitScore?
  /// The photographs that were misread or in which nothing was read, by descending confidence.
  package let mistakes: [Mistake]

  /// Numbers per photograph that differ from the label.
  package var falsePerPhotograph: Double { Double(falseNumbers) / Double(max(accuracy.count, 1)) }

  /// The largest share of photographs that can be kept, by descending confidence, with at least the given precision,
  /// 0...1.
  package func coverage(atPrecision precision: Double) -> Share {
    Share(curve.widest(atPrecision: precision)?.precision.count ?? 0, of: accuracy.count)
  }

  /// Scores the numbers found in each photograph. Of numbers with equal confidence, the first counts.
  package init(_ photographs: [LabelledPhotograph], found: [[HouseNumber]]) {
    precondition(photographs.count == found.count)
    var judgements: [Judgement] = []
    var byLength: [Int: Share] = [:]
    var mistakes: [Mistake] = []
    for (position, (photograph, numbers)) in zip(photographs, found).enumerated() {
      let best = numbers.max { $0.confidence < $1.confidence }
      let isRight = best?.text == photograph.number
      if let best { judgements.append(Judgement(confidence: best.confidence, isRight: isRight)) }
      byLength[min(photograph.number.count, 4), default: Share(0, of: 0)].add(isRight)
      if !isRight {
        mistakes.append(
          Mistake(
            position: position, file: photograph.file, read: best, right: photograph.number,
            places: photograph.digits?.map(\.box) ?? []))
      }
    }
    accuracyByLength = byLength.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    accuracy = Share(judgements.count(where: \.isRight), of: photographs.count)
    answered = Share(judgements.count, of: photographs.count)
    curve = CoverageCurve(judgements)
    reliability = Reliability(judgements)
    falseNumbers = zip(photographs, found).reduce(0) { sum, pair in
      sum + pair.1.count { $0.text != pair.0.number }
    }
    digits = DigitScore(photographs, found: found)
    self.mistakes = mistakes.surestFirst()
  }
}

extension Share {
  fileprivate mutating func add(_ isHit: Bool) {
    count += 1
    hits += isHit ? 1 : 0
  }
}
