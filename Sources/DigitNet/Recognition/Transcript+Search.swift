extension Transcript {
  /// A text that grows from left to right, and how likely the columns so far are to spell just it.
  private struct Prefix {
    /// The text, in ``Texts``.
    var text: Int
    /// Where the last column is no digit, and where it is the last digit.
    var closed = 0.0, open = 0.0

    var total: Double { closed + open }
  }

  /// All texts that a search has come to, as a tree: each is another one and a digit.
  private struct Texts {
    private var parents = [0]
    private var lasts = [Transcript.none]
    private var longer = Array(repeating: -1, count: Transcript.none)
    /// Where each text is among the prefixes that are being made; -1 where it isn't.
    var indexes = [-1]

    /// The empty text.
    static let empty = 0

    /// The last digit of a text; ``Transcript/none`` of the empty one.
    func last(of text: Int) -> Int { lasts[text] }

    /// A text with one digit more.
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

  /// The likeliest texts with their probabilities, likeliest first, of which one may be empty; at most `count`.
  ///
  /// Prefix beam search (Graves et al., 2006, section 3.2) keeps `width` texts at each column; those that are left get their
  /// whole probability.
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
