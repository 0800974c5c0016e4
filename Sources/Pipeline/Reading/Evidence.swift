package import DigitNet
package import StreetCore

/// A candidate's reading with the numbers that it may be.
package struct Evidence: Sendable {
  /// The chain of digits with its transcripts.
  package let reading: Reading
  /// The possible numbers, most probable first according to the recogniser. The detector's text is always among them.
  package let hypotheses: [Hypothesis]

  /// The evidence for a reading. Texts with more than `mostDigits` digits are left out.
  package init(reading: Reading, surroundings: Surroundings, mostDigits: Int) {
    self.reading = reading
    let texts = reading.likelyTexts.union([reading.chain.values])
      .filter { (1...mostDigits) ~= $0.count }
      .map { digits in
        let crops = reading.probabilities(of: digits)
        return (digits: digits, crops: crops, mean: Reading.mean(crops))
      }
      .sorted { $0.mean != $1.mean ? $0.mean > $1.mean : $0.digits.lexicographicallyPrecedes($1.digits) }
    let none = reading.none
    let shape = ChainShape(reading.chain)
    hypotheses = texts.enumerated().map { rank, text in
      let rival = rank > 0 ? texts[0].mean : texts.count > 1 ? texts[1].mean : 0
      return Hypothesis(
        Hypothesis.Known(
          text: text.digits, crops: text.crops, rival: rival, none: none, chain: reading.chain, shape: shape,
          surroundings: surroundings))
    }
  }

  /// The house number of a hypothesis, with a box for each digit.
  package func number(_ hypothesis: Hypothesis, confidence: Int, in size: ImageSize) -> HouseNumber {
    let chain = reading.chain
    let text = hypothesis.text
    guard text != chain.values,
      let surest = reading.transcripts.joined().max(by: { $0.probability(of: text) < $1.probability(of: text) })
    else { return HouseNumber(digits: chain.digits, confidence: confidence) }
    let probability = Reading.mean(reading.probabilities(of: text))
    let digits = chain.digits(reading: text, probability: probability, in: surest, of: size)
    return HouseNumber(digits: digits, confidence: confidence)
  }
}
