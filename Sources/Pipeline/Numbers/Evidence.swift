public import DigitNet

/// All that is known of a candidate: its chain of digits, and the numbers that it may be.
public struct Evidence: Sendable {
  /// The digits that the detector saw.
  public let chain: Chain
  /// What it may be, likeliest for the recogniser first; what the detector saw is always among them.
  public let hypotheses: [Hypothesis]

  /// What the recogniser says of the chain's crops; none for a chain that isn't read as a whole.
  let transcripts: [Transcript]

  /// Texts of one crop that are weighed.
  private static let texts = 4

  /// The evidence of a chain; `transcripts` are those of its ``Chain/crops``. Texts of more than `mostDigits` are no house
  /// numbers.
  public init(chain: Chain, transcripts: [Transcript], mostDigits: Int) {
    self.chain = chain
    self.transcripts = transcripts
    let seen = chain.values
    func probabilities(of text: [Int]) -> [Double] {
      guard transcripts.isEmpty else { return transcripts.map { $0.probability(of: text) } }
      let score = chain.digits.map { Double($0.score) / Double(Sigmoid.one) }.reduce(1, *)
      return [text == seen ? score : text.isEmpty ? 1 - score : 0]
    }
    func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
    let texts = Set(transcripts.flatMap { $0.likeliest(Evidence.texts).map(\.digits) } + [seen])
      .filter { (1...mostDigits) ~= $0.count }
      .map { (digits: $0, crops: probabilities(of: $0)) }
      .sorted {
        let (a, b) = (mean($0.crops), mean($1.crops))
        return a != b ? a > b : $0.digits.lexicographicallyPrecedes($1.digits)
      }
    let none = mean(probabilities(of: []))
    let shape = ChainShape(chain)
    hypotheses = texts.enumerated().map { rank, text in
      let rival = rank > 0 ? mean(texts[0].crops) : texts.count > 1 ? mean(texts[1].crops) : 0
      return Hypothesis(text: text.digits, crops: text.crops, rival: rival, none: none, chain: chain, shape: shape)
    }
  }

  /// The number of a hypothesis, with a box for each digit.
  public func number(_ hypothesis: Hypothesis, confidence: Int, in image: Image) -> HouseNumber {
    guard hypothesis.text != chain.values,
      let surest = transcripts.map({ ($0, $0.probability(of: hypothesis.text)) }).max(by: { $0.1 < $1.1 })
    else { return HouseNumber(digits: chain.digits, confidence: confidence) }
    let digits = chain.digits(reading: hypothesis.text, probability: surest.1, in: surest.0, of: image)
    return HouseNumber(digits: digits, confidence: confidence)
  }
}
