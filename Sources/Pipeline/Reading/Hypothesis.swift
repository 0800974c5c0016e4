import DigitNet

/// One number that a candidate may be, and all that speaks for and against it.
package struct Hypothesis: Sendable {
  /// The values of its digits, one to six.
  package let text: [Int]
  /// What its confidence is made from, as ``featureNames`` says.
  package let features: [Double]

  /// The names of ``features``, in their order.
  package static let featureNames = definitions.map(\.name)

  /// What the features are computed from.
  struct Known {
    let text: [Int]
    /// The text's probability in each crop.
    let crops: [Double]
    /// The probability of the likeliest other text, and that there is no number.
    let rival, none: Double
    let chain: Chain
    let shape: ChainShape
    let surroundings: Surroundings

    var isSeen: Bool { text == chain.values }
    var scores: [Double] { chain.digits.map { Double($0.score) / Double(Sigmoid.one) } }

    /// How likely a longer text is in another candidate with all of this one's digits.
    var part: Double { text.count < surroundings.longer.count ? surroundings.longer[text.count] : 0 }

    /// How much less sure the detector is of the text's digits than of those that it took, as a sum of logits: 0 for what it
    /// took, and where the counts differ.
    var otherDigits: Double {
      guard text.count == chain.digits.count else { return 0 }
      return zip(text, chain.digits).reduce(0) { sum, place in
        let (value, digit) = place
        guard value != digit.value, digit.scores.count == 10 else { return sum }
        return sum + logit(score: digit.scores[value]) - logit(score: digit.score)
      }
    }
  }

  init(_ known: Known) {
    text = known.text
    features = Hypothesis.definitions.map { $0.value(known) }
  }

  private static let definitions: [(name: String, value: @Sendable (Known) -> Double)] = [
    ("constant", { _ in 1 }),
    // What the recogniser says: of this text, of others, of there being none.
    ("read", { logit(Reading.mean($0.crops)) }),
    ("surest crop", { logit($0.crops.max() ?? 0) }),
    ("own crop", { logit($0.crops.first ?? 0) }),
    ("rival", { logit($0.rival) }),
    ("no number", { logit($0.none) }),
    // What the detector says.
    ("seen", { $0.isSeen ? 1 : 0 }),
    ("seen score", { $0.isSeen ? logit($0.scores.reduce(1, *)) : 0 }),
    ("other digits", { $0.otherDigits }),
    ("weakest digit", { logit($0.scores.min() ?? 0) }),
    ("longer", { $0.text.count > $0.chain.digits.count ? 1 : 0 }),
    ("shorter", { $0.text.count < $0.chain.digits.count ? 1 : 0 }),
    // What kind of number it is, and how its digits stand.
    ("single digit", { $0.text.count == 1 ? 1 : 0 }),
    ("many digits", { $0.text.count >= 4 ? 1 : 0 }),
    ("low", { 10 / max($0.chain.height, 10) }),
    ("uneven heights", { $0.shape.unevenHeights }),
    ("off the line", { $0.shape.offTheLine }),
    ("uneven gaps", { $0.shape.unevenSteps }),
    ("wider gap", { $0.shape.widerGap }),
    ("far apart", { max($0.shape.widestGap - 0.4, 0) }),
    ("steep", { $0.shape.steepness }),
    ("upright", { $0.chain.isUpright ? 1 : 0 }),
    // What the picture says.
    ("places", { $0.surroundings.places }),
    ("elsewhere", { logit($0.surroundings.elsewhere) }),
    ("part", { $0.part }),
    ("single part", { $0.text.count == 1 ? $0.part : 0 }),
  ]

  /// The logit of a probability, -9 to 9, by the sigmoid's table.
  private static func logit(_ probability: Double) -> Double {
    logit(score: Int((probability * Double(Sigmoid.one)).rounded(.toNearestOrEven)))
  }

  /// The same of a probability in 1/10,000.
  private static func logit(score: Int) -> Double {
    Double(Sigmoid.logit(min(max(score, 1), Sigmoid.one - 1))) / Double(Sigmoid.unit)
  }
}
