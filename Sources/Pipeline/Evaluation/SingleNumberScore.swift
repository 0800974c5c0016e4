package import StreetCore

/// How well the numbers of photographs with one number each were read: the single best number of each counts, and it is
/// right or wrong, digit for digit.
package struct SingleNumberScore: Sendable {
  /// Photographs whose best number is right.
  package let accuracy: Share
  /// The same by the label's length; 4 stands for four and more. By rising length.
  package let accuracyByLength: [(length: Int, accuracy: Share)]
  /// Photographs in which any number was found.
  package let answered: Share
  /// How many photographs can be kept at which precision.
  package let curve: CoverageCurve
  /// How well the best numbers' confidences hold.
  package let reliability: Reliability
  /// Numbers other than the label, of all that were found.
  package let falseNumbers: Int
  /// The digits' score; nil unless all photographs have labelled digits.
  package let digits: DigitScore?
  /// The photographs that were read wrongly or not at all, the surest first.
  package let mistakes: [Mistake]

  /// False numbers for each photograph.
  package var falsePerPhotograph: Double { Double(falseNumbers) / Double(max(accuracy.count, 1)) }

  /// The largest share of photographs that can be kept, the surest first, with at least so many, 0...1, of these right.
  package func coverage(atPrecision precision: Double) -> Share {
    Share(curve.widest(atPrecision: precision)?.precision.count ?? 0, of: accuracy.count)
  }

  /// Scores what was found in each photograph. Of equally sure numbers the first counts as best.
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
