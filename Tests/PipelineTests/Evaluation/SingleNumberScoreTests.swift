import DigitNet
import Pipeline
import Testing

@Suite("Score of photographs with one number")
struct SingleNumberScoreTests {
  private static let photographs = ["12", "7", "345", "6", "1234", "12345"].map {
    LabelledPhotograph(file: "\($0).png", number: $0)
  }
  /// Right, and a false one beside it; as sure, and wrong; right; nothing; right; right.
  private static let found = [
    [number("12", 9_000), number("9", 500)], [number("1", 9_000)], [number("345", 8_000)], [], [number("1234", 7_000)],
    [number("12345", 7_000)],
  ]
  private let score = SingleNumberScore(photographs, found: found)

  @Test("The single best number is right or wrong, and nothing found is wrong")
  func accuracy() {
    #expect(score.accuracy == Share(4, of: 6))
    #expect(score.answered == Share(5, of: 6))
    #expect(score.accuracyByLength.map(\.length) == [1, 2, 3, 4])
    #expect(score.accuracyByLength.map(\.accuracy.hits) == [0, 1, 1, 2])
    #expect(score.accuracyByLength.map(\.accuracy.count) == [2, 1, 1, 2])
    let zero = [LabelledPhotograph(file: "1", number: "007")]
    #expect(SingleNumberScore(zero, found: [[number("7", 9_000)]]).accuracy.hits == 0)
  }

  @Test("Of equally sure numbers the first is the best")
  func best() {
    let photograph = [LabelledPhotograph(file: "1", number: "12")]
    #expect(SingleNumberScore(photograph, found: [[number("12", 5_000), number("3", 5_000)]]).accuracy.hits == 1)
    #expect(SingleNumberScore(photograph, found: [[number("3", 5_000), number("12", 5_000)]]).accuracy.hits == 0)
  }

  @Test("Equal confidences are kept together: the right one alone can't be")
  func coverage() {
    #expect(score.curve.points.map(\.confidence) == [9_000, 8_000, 7_000])
    #expect(score.curve.points.map(\.precision) == [Share(1, of: 2), Share(2, of: 3), Share(4, of: 5)])
    #expect(score.coverage(atPrecision: 0.98) == Share(0, of: 6))
    #expect(score.coverage(atPrecision: 0.8) == Share(5, of: 6))
  }

  @Test("Coverage is that of the last point that is precise enough, whatever lies before it")
  func lastPoint() {
    let photographs = (0..<100).map { LabelledPhotograph(file: "\($0)", number: "1") }
    // The third surest is wrong, and so are the ten least sure.
    let found = (0..<100).map { [number($0 == 2 || $0 >= 90 ? "2" : "1", 9_000 - $0)] }
    let score = SingleNumberScore(photographs, found: found)
    #expect(score.coverage(atPrecision: 0.98) == Share(90, of: 100), "89 of 90 are right; of the first 3 only 2 are")
  }

  @Test("Numbers other than the label are false, the best as well as the others")
  func falseNumbers() {
    #expect(score.falseNumbers == 2)
    #expect(score.falsePerPhotograph == 2.0 / 6)
  }

  @Test("Fewer numbers than bins: each is a bin of its own")
  func calibration() {
    #expect(score.reliability.bins.map(\.right.count) == [1, 1, 1, 1, 1])
    let expected = (0.1 + 0.9 + 0.2 + 0.3 + 0.3) / 5
    #expect(abs(score.reliability.expectedError - expected) < 1e-12)
  }

  @Test("Bins of equal mass, the surest first")
  func bins() {
    let judgements = [(2_000, false), (10_000, true), (6_000, true), (8_000, false)].map {
      Judgement(confidence: $0, isRight: $1)
    }
    let reliability = Reliability(judgements, bins: 2)
    #expect(reliability.bins.map(\.right) == [Share(1, of: 2), Share(1, of: 2)])
    #expect(reliability.bins.map(\.meanConfidence) == [0.9, 0.4])
    #expect(abs(reliability.expectedError - 0.25) < 1e-12)
    #expect(reliability.histogram.enumerated().filter { $0.element > 0 }.map(\.offset) == [4, 12, 16, 19])
    #expect(Reliability([]).bins.isEmpty)
    #expect(Reliability([]).expectedError == 0)
  }

  @Test("What was wrong is listed, the surest mistake first, what was not found last")
  func mistakes() {
    #expect(score.mistakes.map(\.file) == ["7.png", "6.png"])
    #expect(score.mistakes.map { $0.read?.text } == ["1", nil])
    #expect(score.mistakes.map(\.right) == ["7", "6"])
    #expect(score.mistakes.map(\.position) == [1, 3])
  }

  @Test("Nothing found anywhere, or no photograph, is 0 and no crash")
  func empty() {
    for photographs in [[], Self.photographs] {
      let score = SingleNumberScore(photographs, found: photographs.map { _ in [] })
      #expect(score.accuracy.value == 0)
      #expect(score.answered.hits == 0)
      #expect(score.coverage(atPrecision: 0.98).value == 0)
      #expect(score.falsePerPhotograph == 0)
    }
  }
}

@Suite("Score of digits")
struct DigitScoreTests {
  private func photograph(_ number: HouseNumber) -> LabelledPhotograph {
    LabelledPhotograph(
      file: number.text, number: number.text,
      digits: number.digits.map { LabelledDigit(value: $0.value, box: $0.box) })
  }

  @Test("The same digit in the same place counts, once")
  func score() throws {
    let photographs = [photograph(number("12", 0)), photograph(number("12", 0)), photograph(number("1", 0))]
    let twice = [number("12", 9_000), number("1", 8_000)]
    let score = try #require(DigitScore(photographs, found: [twice, [number("13", 9_000)], []]))
    #expect(score.precision == Share(3, of: 5))
    #expect(score.recall == Share(3, of: 5))
    #expect(abs(score.f1 - 0.6) < 1e-12)
  }

  @Test("Boxes have to overlap by half", arguments: [(0, 1), (4, 1), (5, 0)])
  func overlap(shift: Int, hits: Int) throws {
    // Boxes 12 pixels wide, 4 apart: 8 in common of 16.
    func box(_ left: Int) -> Box { Box(left: left, top: 0, width: 12, height: 20) }
    let label = LabelledPhotograph(file: "1", number: "1", digits: [LabelledDigit(value: 1, box: box(0))])
    let found = HouseNumber(digits: [Digit(value: 1, score: 9_000, box: box(shift))], confidence: 9_000)
    let score = try #require(DigitScore([label], found: [[found]]))
    #expect(score.recall.hits == hits)
  }

  @Test("Where digits of a photograph are not labelled, there is no score; nothing found is 0")
  func none() throws {
    let label = photograph(number("12", 0))
    #expect(DigitScore([label, LabelledPhotograph(file: "2", number: "2")], found: [[], []]) == nil)
    let score = try #require(DigitScore([label], found: [[]]))
    #expect(score.f1 == 0 && score.precision.value == 0 && score.recall == Share(0, of: 2))
  }
}
