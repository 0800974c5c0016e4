import Foundation

/// The probability that columns of logits spell given digits, and its derivative by each logit.
///
/// Connectionist temporal classification (Graves et al., 2006): the probability is the sum over all alignments of the
/// digits with the columns, with blanks, the last class, between digits. The derivative of its logarithm is the share
/// of the alignments that give a column a class, minus the class's probability.
struct Spelling {
  /// The natural logarithm of the probability.
  let logarithm: Double
  /// The derivative of ``logarithm`` by each logit of each column.
  let derivatives: [[Double]]

  init(_ digits: [Int], in columns: [[Double]]) {
    let none = (columns.first?.count ?? 1) - 1
    let classes = [none] + digits.flatMap { [$0, none] }
    let likely = columns.map { logits in
      let top = logits.max() ?? 0
      let powers = logits.map { exp($0 - top) }
      let total = powers.reduce(0, +)
      return powers.map { $0 / total }
    }
    // An alignment stays in a state, moves to the next state, or skips a blank that is optional.
    func skips(to state: Int) -> Bool { state >= 2 && classes[state] != none && classes[state] != classes[state - 2] }
    func sources(of state: Int) -> [Int] {
      [state] + (state >= 1 ? [state - 1] : []) + (skips(to: state) ? [state - 2] : [])
    }
    var logarithm = 0.0
    var forward: [[Double]] = []
    for (column, shares) in likely.enumerated() {
      var ways = classes.indices.map { state in
        let before = column == 0 ? (state <= 1 ? 1 : 0) : sources(of: state).reduce(0) { $0 + forward[column - 1][$1] }
        return before * shares[classes[state]]
      }
      let total = max(ways.reduce(0, +), .leastNormalMagnitude)
      for state in ways.indices { ways[state] /= total }
      logarithm += log(total)
      forward.append(ways)
    }
    let last = classes.count - 1
    let ends = classes.indices.map { $0 >= last - 1 ? 1.0 : 0 }
    logarithm += log(max(zip(forward.last ?? ends, ends).reduce(0) { $0 + $1.0 * $1.1 }, .leastNormalMagnitude))
    var backward = ends
    var derivatives = likely
    for column in likely.indices.reversed() {
      let ways = zip(forward[column], backward).map { $0 * $1 }
      let total = max(ways.reduce(0, +), .leastNormalMagnitude)
      for place in derivatives[column].indices { derivatives[column][place] = -likely[column][place] }
      for (state, share) in ways.enumerated() { derivatives[column][classes[state]] += share / total }
      var before = [Double](repeating: 0, count: classes.count)
      for state in classes.indices {
        for source in sources(of: state) { before[source] += backward[state] * likely[column][classes[state]] }
      }
      let scale = max(before.reduce(0, +), .leastNormalMagnitude)
      backward = before.map { $0 / scale }
    }
    (self.logarithm, self.derivatives) = (logarithm, derivatives)
  }
}
