public import DigitNet

/// A chain, and what the recogniser says of it.
public struct Reading: Sendable {
  /// The digits that the detector saw.
  public let chain: Chain
  /// What each network says of each of the chain's ``Chain/crops``; none for a chain that isn't read as a whole.
  let transcripts: [[Transcript]]
  /// How likely the crops show no number.
  let none: Double

  /// A chain with the transcripts of its ``Chain/crops``, those of one crop together.
  public init(chain: Chain, transcripts: [[Transcript]]) {
    self.chain = chain
    self.transcripts = transcripts
    none = Reading.mean(Reading.probabilities(of: [], chain, transcripts))
  }

  /// How likely a text is in each crop, meaned over the networks; for a chain that isn't read as a whole, by its digits'
  /// scores.
  func probabilities(of text: [Int]) -> [Double] { Reading.probabilities(of: text, chain, transcripts) }

  private static func probabilities(of text: [Int], _ chain: Chain, _ transcripts: [[Transcript]]) -> [Double] {
    guard transcripts.isEmpty else {
      return transcripts.map { networks in mean(networks.map { $0.probability(of: text) }) }
    }
    let score = chain.digits.map { Double($0.score) / Double(Sigmoid.one) }.reduce(1, *)
    return [text == chain.values ? score : text.isEmpty ? 1 - score : 0]
  }

  static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
}
