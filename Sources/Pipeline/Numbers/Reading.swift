public import DigitNet

/// A chain, and what the recogniser says of it.
public struct Reading: Sendable {
  /// The digits that the detector saw.
  public let chain: Chain
  /// What each network says of each of the chain's ``Chain/crops``; none without a recogniser.
  let transcripts: [[Transcript]]

  /// A chain with the transcripts of its ``Chain/crops``, those of one crop together.
  public init(chain: Chain, transcripts: [[Transcript]]) {
    self.chain = chain
    self.transcripts = transcripts
  }

  /// How likely there is no number.
  var none: Double { Reading.mean(probabilities(of: [])) }

  /// How likely a text is in each crop of the whole chain, meaned over the networks. A stack's is the product over its
  /// digits, each of which has a crop; without a recogniser it is the product of the digits' scores.
  func probabilities(of text: [Int]) -> [Double] {
    guard !transcripts.isEmpty else {
      let score = chain.digits.map { Double($0.score) / Double(Sigmoid.one) }.reduce(1, *)
      return [text == chain.values ? score : text.isEmpty ? 1 - score : 0]
    }
    guard chain.isStack else { return transcripts.map { Reading.probability(of: text, in: $0) } }
    if text.isEmpty { return [1 - transcripts.map { 1 - Reading.probability(of: [], in: $0) }.reduce(1, *)] }
    guard text.count == transcripts.count else { return [0] }
    return [zip(text, transcripts).map { Reading.probability(of: [$0], in: $1) }.reduce(1, *)]
  }

  /// How likely the likeliest text is that isn't empty.
  var likeliest: Double {
    likelyTexts.filter { !$0.isEmpty }.map { Reading.mean(probabilities(of: $0)) }.max() ?? 0
  }

  /// The texts that the networks find likely, in no order; the empty one may be among them.
  var likelyTexts: Set<[Int]> {
    guard chain.isStack else {
      return Set(transcripts.joined().flatMap(\.texts))
    }
    // The likeliest digit at each place, and what comes of it by taking the second at one of them.
    let ranked = transcripts.map { networks in
      (0...9).sorted { a, b in
        let likely = [a, b].map { Reading.probability(of: [$0], in: networks) }
        return likely[0] != likely[1] ? likely[0] > likely[1] : a < b
      }
    }
    let best = ranked.map { $0[0] }
    let seconds = ranked.indices.map { place in
      var text = best
      text[place] = ranked[place][1]
      return text
    }
    return Set(seconds + [best])
  }

  private static func probability(of text: [Int], in networks: [Transcript]) -> Double {
    mean(networks.map { $0.probability(of: text) })
  }

  static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
}
