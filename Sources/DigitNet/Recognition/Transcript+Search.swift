extension Transcript {
  /// A prefix in the beam search, with the probability that the columns so far spell exactly this text.
  private struct Prefix {
    /// The text, as an index into ``Texts``.
    var text: Int
    /// The probability of ending in a blank, and of ending in the last digit.
    var closed = 0.0, open = 0.0

    var total: Double { closed + open }
  }

  /// All texts of a search, as a tree: each text is its parent plus one digit.
  private struct Texts {
    private var parents = [0]
    private var lasts = [Transcript.none]
    private var longer = Array(repeating: -1, count: Transcript.none)
    /// The index of each text among the prefixes of the next column; -1 if it has none.
    var indexes = [-1]

    /// The empty text.
    static let empty = 0

    /// The last digit of a text; ``Transcript/none`` for the empty text.
    func last(of text: Int) -> Int { lasts[text] }

    /// The text that appends one digit to another text.
    mutating func appending(_ digit: Int, to text: Int) -> Int {
      let at = text * Transcript.none + digit
      if longer[at] < 0 {
        longer[at] = parents.count
        parents.append(text)
        lasts.append(digit)
        indexes.append(-1)
        longer.append(contentsOf: repeatElement(-1, count: Transcript.none))
      }
      return longer[at]
    }

    func digits(of text: Int) -> [Int] {
      var (digits, text) = ([Int](), text)
      while text != Texts.empty {
        digits.append(lasts[text])
        text = parents[text]
      }
      return digits.reversed()
    }
  }

  /// The most probable texts with their probabilities, by descending probability, at most `count`. One of them may be
  /// empty.
  ///
  /// Prefix beam search (Graves et al., 2006, section 3.2) with `width` prefixes per column; the texts that remain are
  /// then scored exactly.
  public func likeliest(_ count: Int, width: Int = 12) -> [(digits: [Int], probability: Double)] {
    var texts = Texts()
    var beam = [Prefix(text: Texts.empty, closed: 1)]
    var next: [Prefix] = []
    func entry(_ text: Int) -> Int {
      if texts.indexes[text] < 0 {
        texts.indexes[text] = next.count
        next.append(Prefix(text: text))
      }
      return texts.indexes[text]
    }
    func precedes(_ a: Prefix, _ b: Prefix) -> Bool {
      a.total != b.total
        ? a.total > b.total : texts.digits(of: a.text).lexicographicallyPrecedes(texts.digits(of: b.text))
    }
    for column in columns {
      next.removeAll(keepingCapacity: true)
      for prefix in beam {
        let same = entry(prefix.text)
        next[same].closed += prefix.total * column[Transcript.none]
        for digit in 0..<Transcript.none where column[digit] > 1e-5 {
          let repeated = digit == texts.last(of: prefix.text)
          if repeated { next[same].open += prefix.open * column[digit] }
          let longer = entry(texts.appending(digit, to: prefix.text))
          next[longer].open += (repeated ? prefix.closed : prefix.total) * column[digit]
        }
      }
      beam.removeAll(keepingCapacity: true)
      for prefix in next {
        texts.indexes[prefix.text] = -1
        let place = beam.lastIndex { precedes($0, prefix) }.map { $0 + 1 } ?? 0
        guard place < width else { continue }
        if beam.count == width { beam.removeLast() }
        beam.insert(prefix, at: place)
      }
    }
    let found = beam.map { prefix in
      let digits = texts.digits(of: prefix.text)
      return (digits: digits, probability: probability(of: digits))
    }
    return Array(
      found.sorted { Transcript.precedes($0.digits, $0.probability, $1.digits, $1.probability) }.prefix(count))
  }

  private static func precedes(_ a: [Int], _ likelyA: Double, _ b: [Int], _ likelyB: Double) -> Bool {
    likelyA != likelyB ? likelyA > likelyB : a.lexicographicallyPrecedes(b)
  }
}
