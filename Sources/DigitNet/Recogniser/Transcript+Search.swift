extension Transcript {
  /// A text that grows from left to right, and how likely the columns so far are to spell just it.
  private struct Prefix {
    var digits: [Int]
    /// Where the last column is no digit, and where it is the last digit.
    var closed = 0.0, open = 0.0

    var total: Double { closed + open }
  }

  /// The likeliest texts with their probabilities, likeliest first, of which one may be empty; at most `count`.
  ///
  /// Prefix beam search (Graves et al., 2006, section 3.2) keeps `width` texts at each column; those that are left get their
  /// whole probability.
  public func likeliest(_ count: Int, width: Int = 12) -> [(digits: [Int], probability: Double)] {
    var beam = [Prefix(digits: [], closed: 1)]
    for column in columns {
      var next: [Prefix] = []
      var index: [[Int]: Int] = [:]
      func entry(_ digits: [Int]) -> Int {
        if let known = index[digits] { return known }
        next.append(Prefix(digits: digits))
        index[digits] = next.count - 1
        return next.count - 1
      }
      for prefix in beam {
        let same = entry(prefix.digits)
        next[same].closed += prefix.total * column[Transcript.none]
        for digit in 0..<Transcript.none where column[digit] > 1e-5 {
          let repeated = digit == prefix.digits.last
          if repeated { next[same].open += prefix.open * column[digit] }
          let longer = entry(prefix.digits + [digit])
          next[longer].open += (repeated ? prefix.closed : prefix.total) * column[digit]
        }
      }
      beam = Array(next.sorted { Transcript.precedes($0.digits, $0.total, $1.digits, $1.total) }.prefix(width))
    }
    let texts = beam.map { (digits: $0.digits, probability: probability(of: $0.digits)) }
    return Array(
      texts.sorted { Transcript.precedes($0.digits, $0.probability, $1.digits, $1.probability) }.prefix(count))
  }

  private static func precedes(_ a: [Int], _ likelyA: Double, _ b: [Int], _ likelyB: Double) -> Bool {
    likelyA != likelyB ? likelyA > likelyB : a.lexicographicallyPrecedes(b)
  }
}
