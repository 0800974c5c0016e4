import DigitNet

/// One number that a candidate may be, and all that speaks for and against it.
public struct Hypothesis: Sendable {
  /// The values of its digits, one to six.
  public let text: [Int]
  /// What its confidence is made from, as ``featureNames`` says.
  public let features: [Double]

  /// The names of ``features``, in their order.
  public static let featureNames = [
    "constant", "read", "surest crop", "own crop", "rival", "no number", "seen", "seen score", "weakest digit",
    "longer", "shorter", "single digit", "many digits", "low", "stack", "uneven heights", "off the line", "uneven gaps",
    "places", "elsewhere", "at the rim",
  ]

  /// `crops` are the text's probabilities in each crop, `rival` that of the likeliest other text, `none` that there is no
  /// number.
  init(
    text: [Int], crops: [Double], rival: Double, none: Double, chain: Chain, shape: ChainShape,
    surroundings: Surroundings
  ) {
    self.text = text
    let seen = text == chain.values
    let scores = chain.digits.map { Double($0.score) / Double(Sigmoid.one) }
    features = [
      1,
      Hypothesis.logit(Reading.mean(crops)),
      Hypothesis.logit(crops.max() ?? 0),
      Hypothesis.logit(crops.first ?? 0),
      Hypothesis.logit(rival),
      Hypothesis.logit(none),
      seen ? 1 : 0,
      seen ? Hypothesis.logit(scores.reduce(1, *)) : 0,
      Hypothesis.logit(scores.min() ?? 0),
      text.count > chain.digits.count ? 1 : 0,
      text.count < chain.digits.count ? 1 : 0,
      text.count == 1 ? 1 : 0,
      text.count >= 4 ? 1 : 0,
      10 / max(chain.height, 10),
      chain.isStack ? 1 : 0,
      shape.unevenHeights,
      shape.offTheLine,
      shape.unevenGaps,
      surroundings.places,
      Hypothesis.logit(surroundings.elsewhere),
      surroundings.atRim ? 1 : 0,
    ]
  }

  /// The logit of a probability, -9 to 9, by the sigmoid's table.
  private static func logit(_ probability: Double) -> Double {
    let counted = Int((probability * Double(Sigmoid.one)).rounded(.toNearestOrEven))
    return Double(Sigmoid.logit(min(max(counted, 1), Sigmoid.one - 1))) / Double(Sigmoid.unit)
  }
}
