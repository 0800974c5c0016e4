package import DigitNet

/// A chain, and what the recogniser says of it.
package struct Reading: Sendable {
  /// The digits that the detector saw.
  package let chain: Chain
  /// What each network says of each of the chain's ``Chain/crops``; none without a recogniser.
  let transcripts: [[Transcript]]

  /// A chain with the transcripts of its ``Chain/crops``, those of one crop together.
  package init(chain: Chain, transcripts: [[Transcript]]) {
    self.chain = chain
    self.transcripts = transcripts
  }

  /// How likely there is no number.
  var none: Double { Reading.mean(probabilities(of: [])) }

  /// How likely a text is in each crop of the chain, meaned over the networks; without a recogniser it is the product of the
  /// digits' scores.
  func probabilities(of text: [Int]) -> [Double] {
    guard !transcripts.isEmpty else {
      let score = chain.digits.map { Double($0.score) / Double(Sigmoid.one) }.reduce(1, *)
      return [text == chain.values ? score : text.isEmpty ? 1 - score : 0]
    }
    return transcripts.map { networks in Reading.mean(networks.map { $0.probability(of: text) }) }
  }

  /// Whether every network finds what the detector saw the likeliest text, and all together at least so likely.
  func agrees(by probability: Double) -> Bool {
    transcripts.joined().allSatisfy { $0.texts.first == chain.values }
      && Reading.mean(probabilities(of: chain.values)) >= probability
  }

  /// How likely the likeliest text is that is long enough.
  var likeliest: Double {
    let longer = likeliestLonger
    return longer.count >= chain.leastLength ? longer[chain.leastLength - 1] : 0
  }

  /// How likely the likeliest text is that has more digits than a count, by that count, from none on.
  var likeliestLonger: [Double] {
    likelyTexts.reduce(into: []) { most, text in
      let probability = Reading.mean(probabilities(of: text))
      most += Array(repeating: 0, count: max(text.count - most.count, 0))
      for count in text.indices { most[count] = max(most[count], probability) }
    }
  }

  /// The texts that the networks find likely, in no order; the empty one may be among them.
  var likelyTexts: Set<[Int]> { Set(transcripts.joined().flatMap(\.texts)) }

  static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
}
