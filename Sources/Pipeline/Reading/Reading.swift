package import DigitNet

/// A chain and the recogniser's transcripts of it.
package struct Reading: Sendable {
  /// The chain of digits that the detector found.
  package let chain: Chain
  /// For each of the chain's ``Chain/crops``, the transcript of each network; empty without a recogniser.
  let transcripts: [[Transcript]]

  /// A reading; `transcripts` are grouped by crop.
  package init(chain: Chain, transcripts: [[Transcript]]) {
    self.chain = chain
    self.transcripts = transcripts
  }

  /// The probability that there is no number.
  var none: Double { Reading.mean(probabilities(of: [])) }

  /// The probability of a text in each crop of the chain, averaged over the networks; without a recogniser, the product
  /// of the digits' scores.
  func probabilities(of text: [Int]) -> [Double] {
    guard !transcripts.isEmpty else {
      let score = chain.digits.map { Double($0.score) / Double(Sigmoid.one) }.reduce(1, *)
      return [text == chain.values ? score : text.isEmpty ? 1 - score : 0]
    }
    return transcripts.map { networks in Reading.mean(networks.map { $0.probability(of: text) }) }
  }

  /// Whether the detector's text is the most probable text in every network, with at least the given probability over
  /// all networks.
  func agrees(by probability: Double) -> Bool {
    transcripts.joined().allSatisfy { $0.texts.first == chain.values }
      && Reading.mean(probabilities(of: chain.values)) >= probability
  }

  /// The probability of the most probable text that has at least ``Chain/leastLength`` digits.
  var likeliest: Double {
    let longer = likeliestLonger
    return longer.count >= chain.leastLength ? longer[chain.leastLength - 1] : 0
  }

  /// The probability of the most probable text with more than `count` digits, indexed by `count` from 0.
  var likeliestLonger: [Double] {
    likelyTexts.reduce(into: []) { most, text in
      let probability = Reading.mean(probabilities(of: text))
      most += Array(repeating: 0, count: max(text.count - most.count, 0))
      for count in text.indices { most[count] = max(most[count], probability) }
    }
  }

  /// The most probable texts of all networks, in no order; the empty text may be among them.
  var likelyTexts: Set<[Int]> { Set(transcripts.joined().flatMap(\.texts)) }

  static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
}
