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
    return Chain(digits: digits, isStack: isStack)
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

  @Test("A stack is read digit by digit, each in a crop of its own")
  func stack() throws {
    let digits = [3, 0, 5].map { [transcript([$0])] }
    let found = hypotheses(chain([3, 8, 5], isStack: true), digits)
    #expect(found.first?.text == [3, 0, 5])
    #expect(found.map(\.text).contains([3, 8, 5]))
    #expect(found.allSatisfy { $0.text.count == 3 })
    #expect(try feature("no number", of: found.first) < -3)
    // One that holds no digit makes the whole none.
    let broken = hypotheses(chain([3, 8, 5], isStack: true), [digits[0], [transcript([])], digits[2]])
    #expect(try feature("no number", of: broken.first) > 3)
  }

  @Test("The digits of a stack keep their places, whatever is read in them")
  func places() throws {
    let chain = chain([3, 8, 5], isStack: true)
    let reading = Reading(chain: chain, transcripts: [3, 0, 5].map { [transcript([$0])] })
    let evidence = Evidence(reading: reading, surroundings: Surroundings(), mostDigits: 6)
    let size = ImageSize(width: 200, height: 200)
    let number = evidence.number(try #require(evidence.hypotheses.first), confidence: 5_000, in: size)
    #expect(number.text == "305")
    #expect(number.digits.map(\.box) == chain.digits.map(\.box))
    #expect(number.digits[1].score > 9_000)
  }

  @Test("Without a recogniser a chain is what the detector saw, as sure as its digits")
  func unread() throws {
    let found = hypotheses(chain([4, 2]), [])
    #expect(found.map(\.text) == [[4, 2]])
    #expect(abs(try feature("read", of: found.first) - 1.45) < 0.01)  // the logit of 0.9 * 0.9
  }
}
