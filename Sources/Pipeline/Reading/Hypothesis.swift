import DigitNet

/// One number that a candidate may be, with the features for its confidence.
package struct Hypothesis: Sendable {
  /// The values of the digits, one to six.
  package let text: [Int]
  /// The features that the confidence is computed from, in the order of ``featureNames``.
  package let features: [Double]

  /// The names of ``features``, in order.
  package static let featureNames = definitions.map(\.name)

  /// The inputs of the features.
  struct Known {
    let text: [Int]
    /// The probability of the text in each crop.
    let crops: [Double]
    /// The probability of the most probable other text, and of there being no number.
    let rival, none: Double
    let chain: Chain
    let shape: ChainShape
    let surroundings: Surroundings

    var isSeen: Bool { text == chain.values }
    var scores: [Double] { chain.digits.map { Double($0.score) / Double(Sigmoid.one) } }

    /// The probability of a longer text in another candidate that contains all digits of this one.
    var part: Double { text.count < surroundings.longer.count ? surroundings.longer[text.count] : 0 }

    /// The sum over the digits of the detector's highest logit minus its logit for the text's digit; 0 for the
    /// detector's own text, and if the lengths differ.
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

  /// The minimum length of a number with many digits.
  private static let manyDigits = 4
  /// The height of a digit, in pixels, up to which the feature "low" is 1.
  private static let lowHeight = 10.0
  /// The gap, in digit heights, above which digits are far apart.
  private static let farApart = 0.4

  private static let definitions: [(name: String, value: @Sendable (Known) -> Double)] = [
    ("constant", { _ in 1 }),
    // The recogniser's probability of this text, of other texts, and of no number.
    ("read", { logit(Reading.mean($0.crops)) }),
    ("surest crop", { logit($0.crops.max() ?? 0) }),
    ("own crop", { logit($0.crops.first ?? 0) }),
    ("rival", { logit($0.rival) }),
    ("no number", { logit($0.none) }),
    // The detector's scores.
    ("seen", { $0.isSeen ? 1 : 0 }),
    ("seen score", { $0.isSeen ? logit($0.scores.reduce(1, *)) : 0 }),
    ("other digits", { $0.otherDigits }),
    ("weakest digit", { logit($0.scores.min() ?? 0) }),
    ("longer", { $0.text.count > $0.chain.digits.count ? 1 : 0 }),
    ("shorter", { $0.text.count < $0.chain.digits.count ? 1 : 0 }),
    // The length of the number and the layout of its digits.
    ("single digit", { $0.text.count == 1 ? 1 : 0 }),
    ("many digits", { $0.text.count >= manyDigits ? 1 : 0 }),
    ("low", { lowHeight / max($0.chain.height, lowHeight) }),
    ("uneven heights", { $0.shape.unevenHeights }),
    ("off the line", { $0.shape.offTheLine }),
    ("uneven gaps", { $0.shape.unevenSteps }),
    ("wider gap", { $0.shape.widerGap }),
    ("far apart", { max($0.shape.widestGap - farApart, 0) }),
    ("steep", { $0.shape.steepness }),
    ("upright", { $0.chain.isUpright ? 1 : 0 }),
    // Other candidates in the picture.
    ("places", { $0.surroundings.places }),
    ("elsewhere", { logit($0.surroundings.elsewhere) }),
    ("part", { $0.part }),
    ("single part", { $0.text.count == 1 ? $0.part : 0 }),
  ]

  /// The logit of a probability, -9 to 9, by the sigmoid's table.
  private static func logit(_ probability: Double) -> Double {
    logit(score: Int((probability * Double(Sigmoid.one)).rounded(.toNearestOrEven)))
  }

  /// The logit of a probability in 1/10,000.
  private static func logit(score: Int) -> Double {
    Double(Sigmoid.logit(min(max(score, 1), Sigmoid.one - 1))) / Double(Sigmoid.unit)
  }
}
