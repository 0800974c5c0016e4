/// A recogniser's output for a crop: for each column, the probability of each digit and of the blank.
///
/// The probability of a text is the sum over all alignments with the columns: each digit spans one or more neighbouring
/// columns, with any number of blanks between digits (connectionist temporal classification, Graves et al., 2006). The
/// probabilities of all texts add up to 1. The empty text means that the crop shows no number. Only IEEE additions and
/// multiplications in a fixed order are used, so every machine gives the same result.
public struct Transcript: Sendable {
  /// Ten digits and the blank.
  public static let classes = Model.classes
  static let none = 10

  /// The logits in 1/256, ``classes`` per column.
  private let logits: [[Int]]
  /// The probabilities, ``classes`` per column.
  let columns: [[Double]]
  /// The most probable texts, by descending probability: see ``likeliest(_:width:)``.
  public private(set) var texts: [[Int]] = []
  private let crop: Crop
  private let stride: Int

  /// The number of texts kept.
  private static let textCount = 4

  /// A transcript from a network's `logits`: ``classes`` of them, in 1/256, for each column of the crop, which is
  /// `stride` pixels wide.
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

  /// The probability, 0 to 1, that the crop shows exactly these digits.
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

  /// The places of the digits in the picture: for each digit, the middle of its columns in the most probable alignment.
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

  /// The states of an alignment: a blank before, between and after the digits.
  private static func states(of digits: [Int]) -> [Int] { [none] + digits.flatMap { [$0, none] } }

  /// Whether the state at `s` may directly follow the digit before it: not if both are the same digit, which need a
  /// blank between them.
  private static func skips(_ states: [Int], to s: Int) -> Bool {
    s >= 3 && s % 2 == 1 && states[s] != states[s - 2]
  }
}

extension Transcript {
  /// The constants of this file that affect which numbers are read, by name.
  static let constants: [String: [Double]] = ["text_count": [Double(textCount)]]
}
