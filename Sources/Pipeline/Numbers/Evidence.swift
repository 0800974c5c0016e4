public import DigitNet

/// All that is known of a candidate, and the numbers that it may be.
public struct Evidence: Sendable {
  /// The chain of digits, and what was read in it.
  public let reading: Reading
  /// What it may be, likeliest for the recogniser first; what the detector saw is always among them.
  public let hypotheses: [Hypothesis]

  /// Texts of one transcript that are weighed.
  private static let texts = 4

  /// The evidence of a reading. Texts of more than `mostDigits` are no house numbers.
  public init(reading: Reading, surroundings: Surroundings, mostDigits: Int) {
    self.reading = reading
    let likely = reading.transcripts.joined().flatMap { $0.likeliest(Evidence.texts).map(\.digits) }
    let texts = Set(likely + [reading.chain.values])
      .filter { (1...mostDigits) ~= $0.count }
      .map { digits in
        let crops = reading.probabilities(of: digits)
        return (digits: digits, crops: crops, mean: Reading.mean(crops))
      }
      .sorted { $0.mean != $1.mean ? $0.mean > $1.mean : $0.digits.lexicographicallyPrecedes($1.digits) }
    let shape = ChainShape(reading.chain)
    hypotheses = texts.enumerated().map { rank, text in
      let rival = rank > 0 ? texts[0].mean : texts.count > 1 ? texts[1].mean : 0
      return Hypothesis(
        text: text.digits, crops: text.crops, rival: rival, reading: reading, shape: shape, surroundings: surroundings)
    }
  }

  /// The number of a hypothesis, with a box for each digit.
  public func number(_ hypothesis: Hypothesis, confidence: Int, in image: Image) -> HouseNumber {
    let chain = reading.chain
    guard hypothesis.text != chain.values,
      let surest = reading.transcripts.joined().map({ ($0, $0.probability(of: hypothesis.text)) })
        .max(by: { $0.1 < $1.1 })
    else { return HouseNumber(digits: chain.digits, confidence: confidence) }
    let digits = chain.digits(reading: hypothesis.text, probability: surest.1, in: surest.0, of: image)
    return HouseNumber(digits: digits, confidence: confidence)
  }
}
