/// What the recogniser says of a crop: for each column, how likely each digit is, and that there is none.
///
/// A text's probability is the sum over all ways to spread it over the columns, each digit on one or more neighbouring
/// columns, with any columns of no digit between (connectionist temporal classification, Graves et al., 2006). The
/// texts' probabilities add up to 1, the empty one among them: that the crop shows no number. IEEE products and sums in a
/// fixed order alone, so that every machine gives the same.
public struct Transcript: Sendable {
  /// Ten digits, and none of them.
  public static let classes = Model.classes
  static let none = 10

  /// In 1/256; one of ``classes`` entries for each column.
  private let logits: [[Int]]
  /// The same as probabilities.
  let columns: [[Double]]
  /// The likeliest texts, in the order of ``likeliest(_:width:)``.
  public private(set) var texts: [[Int]] = []
  private let crop: Crop
  private let stride: Int

  /// How many texts are kept.
  private static let textCount = 4

  /// What a network says: `logits` of ``classes`` in 1/256 for each column of the crop, `stride` pixels wide.
  public init(logits: [[Int]], crop: Crop, stride: Int) {
    precondition(logits.allSatisfy { $0.count == Transcript.classes })
    self.logits = logits
    self.crop = crop
    self.stride = stride
    columns = logits.map { column in
      let top = column.max() ?? 0
      let powers = column.map { Sigmoid.exponential($0 - top) }
      let total = powers.reduce(0, +)
      return powers.map { $0 / total }
    }
    texts = likeliest(Transcript.textCount).map(\.digits)
  }

  /// The probability, 0 to 1, that the crop shows just these digits.
  public func probability(of digits: [Int]) -> Double {
    let states = Transcript.states(of: digits)
    var forward = Array(repeating: 0.0, count: states.count)
    for (t, column) in columns.enumerated() {
      let before = forward
      for s in states.indices {
        var sum = t == 0 ? (s <= 1 ? 1.0 : 0.0) : before[s]
        if t > 0 && s >= 1 { sum += before[s - 1] }
        if t > 0 && Transcript.skips(states, to: s) { sum += before[s - 2] }
        forward[s] = sum * column[states[s]]
      }
    }
    return forward.suffix(2).reduce(0, +)
  }

  /// Where each digit stands in the picture: the middle of its columns in the likeliest spread of a text.
  public func places(of digits: [Int]) -> [(x: Double, y: Double)] {
    let states = Transcript.states(of: digits)
    let impossible = Int.min / 4
    var best = states.indices.map { $0 <= 1 ? 0 : impossible }
    var origins: [[Int]] = []
    for (t, column) in logits.enumerated() {
      let before = best
      var from = Array(states.indices)
      for s in states.indices {
        if t > 0 {
          if s >= 1 && before[s - 1] > before[from[s]] { from[s] = s - 1 }
          if Transcript.skips(states, to: s) && before[s - 2] > before[from[s]] { from[s] = s - 2 }
        }
        best[s] = before[from[s]] + column[states[s]]
      }
      origins.append(from)
    }
    var state = states.count - 1
    if state > 0 && best[state - 1] > best[state] { state -= 1 }
    var sums = Array(repeating: (columns: 0, count: 0), count: digits.count)
    for (t, from) in origins.enumerated().reversed() {
      if state % 2 == 1 {
        sums[state / 2].columns += 2 * t + 1
        sums[state / 2].count += 2
      }
      state = from[state]
    }
    return sums.map { sum in
      crop.place(column: Double(stride) * Double(sum.columns) / Double(max(sum.count, 1)))
    }
  }

  /// A text with "no digit" before, between and after its digits.
  private static func states(of digits: [Int]) -> [Int] { [none] + digits.flatMap { [$0, none] } }

  /// Whether the columns of the digit before may border on those of the digit at `s`: not where both are the same.
  private static func skips(_ states: [Int], to s: Int) -> Bool {
    s >= 3 && s % 2 == 1 && states[s] != states[s - 2]
  }
}

extension Transcript {
  /// What of the above decides numbers, by name.
  static let constants: [String: [Double]] = ["text_count": [Double(textCount)]]
}
