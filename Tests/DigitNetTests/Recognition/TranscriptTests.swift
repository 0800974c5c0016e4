import DigitNet
import TestSupport
import Testing

/// A text's probability is the sum over all ways to spread it over the columns.
@Suite struct TranscriptTests {
  private let crop = Crop(around: [Box(left: 100, top: 50, width: 20, height: 30)])

  /// Columns in which the named digit, or none ("-"), is as good as certain.
  private func certain(_ columns: String) -> Transcript {
    let logits = columns.map { column in
      (0..<Transcript.classes).map { $0 == column.wholeNumberValue ?? 10 ? 4_000 : 0 }
    }
    return Transcript(logits: logits, crop: crop, stride: 4)
  }

  private func random(_ columns: Int, _ generator: inout SeededGenerator) -> Transcript {
    let logits = (0..<columns).map { _ in
      // Three digits and none are likely, so that all texts that matter can be listed.
      (0..<Transcript.classes).map { $0 < 3 || $0 == 10 ? Int.random(in: -300...300, using: &generator) : -4_097 }
    }
    return Transcript(logits: logits, crop: crop, stride: 4)
  }

  /// All texts of the digits 0, 1 and 2 of up to a length.
  private func texts(upTo length: Int) -> [[Int]] {
    var all: [[Int]] = [[]]
    var last = all
    for _ in 0..<length {
      last = last.flatMap { text in (0..<3).map { text + [$0] } }
      all += last
    }
    return all
  }

  @Test(arguments: [
    ("1-2-7", [1, 2, 7]), ("111227", [1, 2, 7]), ("1-1", [1, 1]), ("11", [1]), ("--5--", [5]), ("----", []),
  ])
  func neighbouringColumnsOfADigitAreOneDigit(columns: String, digits: [Int]) {
    #expect(certain(columns).probability(of: digits) > 0.999)
    #expect(certain(columns).likeliest(1).map(\.digits) == [digits])
    #expect(certain(columns).probability(of: digits + [3]) < 0.001)
  }

  @Test func theProbabilitiesOfAllTextsAddUpToOne() {
    var generator = SeededGenerator(seed: 4)
    for columns in 1...5 {
      let transcript = random(columns, &generator)
      let total = texts(upTo: columns).map(transcript.probability(of:)).reduce(0, +)
      #expect(abs(total - 1) < 1e-9, "\(columns) columns: \(total)")
    }
  }

  @Test func theSearchFindsTheLikeliestOfAllTexts() {
    var generator = SeededGenerator(seed: 8)
    for round in 0..<50 {
      let transcript = random(6, &generator)
      let all = texts(upTo: 6).map { ($0, transcript.probability(of: $0)) }.sorted { $0.1 > $1.1 }
      let found = transcript.likeliest(3)
      #expect(found.map(\.digits) == all.prefix(3).map(\.0), "round \(round)")
      #expect(found.map(\.probability) == all.prefix(3).map(\.1), "round \(round)")
    }
  }

  @Test func digitsStandWhereTheirColumnsAre() {
    // 16 columns of 4 pixels; the crop is 64 wide and its middle is the box's, at 110 and 65; a pixel is a pixel.
    let places = certain("----3-----77----").places(of: [3, 7])
    let wanted: [Double] = [96, 122]  // columns 4.5 and 11
    #expect(places.map(\.x) == wanted)
    #expect(places.allSatisfy { $0.y == 65 })
  }
}
