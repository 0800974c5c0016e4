import DigitNet
import Pipeline
import Testing

@Suite("What may be a number")
struct EvidenceTests {
  /// Digits of 20 x 30 pixels, side by side or below each other.
  private func chain(_ values: [Int], isStack: Bool = false) -> Chain {
    let digits = values.enumerated().map { place, value in
      Digit(
        value: value, score: 9_000,
        box: Box(left: isStack ? 50 : 50 + 22 * place, top: isStack ? 50 + 34 * place : 50, width: 20, height: 30))
    }
    return Chain(digits: digits, isUpright: isStack)
  }

  /// What a network says that is as good as certain of a text, or leans to it by `logit` (in 1/256).
  private func transcript(_ text: [Int], logit: Int = 4_000) -> Transcript {
    let columns = text.flatMap { [$0, 10] } + [10]
    let logits = columns.map { read in (0..<Transcript.classes).map { $0 == read ? logit : 0 } }
    return Transcript(logits: logits, crop: Crop(around: [Box(left: 50, top: 50, width: 20, height: 30)]), stride: 4)
  }

  private func hypotheses(_ chain: Chain, _ transcripts: [[Transcript]], mostDigits: Int = 6) -> [Hypothesis] {
    Evidence(
      reading: Reading(chain: chain, transcripts: transcripts), surroundings: Surroundings(), mostDigits: mostDigits
    ).hypotheses
  }

  private func feature(_ name: String, of hypothesis: Hypothesis?) throws -> Double {
    let place = try #require(Hypothesis.featureNames.firstIndex(of: name))
    return try #require(hypothesis).features[place]
  }

  @Test("What is read comes first; what the detector saw is never left out")
  func order() {
    let found = hypotheses(chain([7, 2]), Array(repeating: [transcript([1, 2])], count: 3)).map(\.text)
    #expect(found.first == [1, 2])
    #expect(found.contains([7, 2]))
  }

  @Test("What is read has no more digits than a house number may have")
  func mostDigits() {
    func texts(_ mostDigits: Int) -> [[Int]] {
      hypotheses(chain([1]), [[transcript([1, 2, 3])]], mostDigits: mostDigits).map(\.text)
    }
    #expect(texts(6).first == [1, 2, 3])
    #expect(!texts(2).contains([1, 2, 3]) && texts(2).contains([1]))
  }

  @Test("What several networks say is averaged: the surer one decides")
  func committee() throws {
    let networks = [transcript([3], logit: 300), transcript([5], logit: 3_000)]
    let found = hypotheses(chain([3]), [networks])
    #expect(found.first?.text == [5])
    let (alone, both) = (hypotheses(chain([3]), [[networks[1]]]).first, found.first)
    #expect(try feature("read", of: both) < feature("read", of: alone))
  }

  @Test("The digits of a stack keep their places, whatever is read in them")
  func places() throws {
    let chain = chain([3, 8, 5], isStack: true)
    let number = try number([3, 0, 5], in: chain)
    #expect(number.digits.map(\.box) == chain.digits.map(\.box))
    #expect(number.digits[1].score > 9_000)
  }

  @Test("A digit that the detector missed below a stack stands there")
  func missed() throws {
    let chain = chain([3, 8], isStack: true)
    let number = try number([3, 8, 5], in: chain)
    #expect(number.digits.prefix(2).map(\.box) == chain.digits.map(\.box))
    let (missed, last) = (number.digits[2].box, chain.digits[1].box)
    #expect(abs(missed.left - last.left) <= 4 && abs(missed.top - last.top - 34) <= 4, "\(missed)")
  }

  /// The number of a text that is read in a chain of a stack, each digit in its cell of 20 pixels, 24.5 apart.
  private func number(_ text: [Int], in chain: Chain) throws -> HouseNumber {
    let crop = Crop(around: chain.digits.map(\.box), isUpright: true)
    let first = Double(crop.width) / 2 - 24.5 * Double(chain.digits.count - 1) / 2
    let columns = text.indices.map { Int((first + 24.5 * Double($0)) / 4) }
    let logits = (0..<(crop.width / 4)).map { column in
      let read = columns.firstIndex(of: column).map { text[$0] } ?? 10
      return (0..<Transcript.classes).map { $0 == read ? 4_000 : 0 }
    }
    let transcript = Transcript(logits: logits, crop: crop, stride: 4)
    let reading = Reading(chain: chain, transcripts: [[transcript]])
    let evidence = Evidence(reading: reading, surroundings: Surroundings(), mostDigits: 6)
    let hypothesis = try #require(evidence.hypotheses.first)
    let number = evidence.number(hypothesis, confidence: 5_000, in: ImageSize(width: 300, height: 300))
    try #require(number.digits.map(\.value) == text)
    return number
  }

  @Test("What a longer candidate of the same digits may be tells a part from the whole")
  func part() throws {
    let reading = Reading(chain: chain([1]), transcripts: [[transcript([1])]])
    // Of numbers of more than no digit and more than one 0.9 is likely, of more than two none.
    let evidence = Evidence(reading: reading, surroundings: Surroundings(longer: [0.9, 0.9]), mostDigits: 6)
    #expect(try feature("part", of: evidence.hypotheses.first { $0.text.count == 1 }) == 0.9)
    let longer = Evidence(
      reading: Reading(chain: chain([1]), transcripts: [[transcript([1, 2])]]),
      surroundings: Surroundings(longer: [0.9, 0.9]), mostDigits: 6)
    #expect(try feature("part", of: longer.hypotheses.first { $0.text == [1, 2] }) == 0)
  }

  @Test("Without a recogniser a chain is what the detector saw, as sure as its digits")
  func unread() throws {
    let found = hypotheses(chain([4, 2]), [])
    #expect(found.map(\.text) == [[4, 2]])
    #expect(abs(try feature("read", of: found.first) - 1.45) < 0.01)  // the logit of 0.9 * 0.9
  }
}
