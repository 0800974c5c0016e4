import DigitNet
import Pipeline
import TestSupport
import Testing

@Suite("Chains of digits")
struct AssemblyTests {
  private let assembly = Assembly()

  /// A digit around a centre, 16 pixels wide to 24 of height.
  private func digit(_ value: Int, x: Int, y: Int = 100, height: Int = 24, score: Int = 9_500) -> Digit {
    let width = height * 2 / 3
    return Digit(
      value: value, score: score,
      box: Box(left: x - width / 2, top: y - height / 2, width: width, height: height))
  }

  /// Digits side by side, `pitch` from centre to centre, sinking by `fall` with each.
  private func line(_ text: String, x: Int = 100, y: Int = 100, pitch: Int = 18, fall: Int = 0, height: Int = 24)
    -> [Digit]
  {
    text.enumerated().map { index, character in
      digit(character.wholeNumberValue ?? 0, x: x + pitch * index, y: y + fall * index, height: height)
    }
  }

  private func texts(_ digits: [Digit]) -> [String] {
    assembly.chains(of: digits.sorted { $0.score > $1.score }).map(text).sorted()
  }

  private func text(_ chain: Chain) -> String {
    chain.values.map(String.init).joined()
  }

  @Test("Digits in a line are one number, from left to right, zeros kept", arguments: ["1427", "007", "90", "111111"])
  func upright(text: String) throws {
    let digits = line(text)
    #expect(texts(digits.reversed()) == [text])
    let chain = try #require(assembly.chains(of: digits).first)
    #expect(chain.digits == digits)
    let number = HouseNumber(digits: chain.digits, confidence: 5_000)
    #expect(digits.allSatisfy { number.box.union($0.box) == number.box })
  }

  @Test("A line may slant by 25 degrees, up or down", arguments: [8, -8])
  func slanted(fall: Int) {
    #expect(texts(line("1427", fall: fall)) == ["1427"])
  }

  @Test("A digit alone is a number")
  func single() {
    #expect(texts([digit(7, x: 50)]) == ["7"])
    #expect(texts([]) == [])
  }

  @Test("Digits of unlike heights are not one number")
  func heights() {
    #expect(texts(line("12") + line("34", x: 140, height: 48)) == ["12", "34"])
  }

  @Test("Neighbours with a wide gap between them are two numbers")
  func neighbours() {
    #expect(texts(line("12") + line("14", x: 100 + 18 + 34)) == ["12", "14"])
    #expect(texts(line("12") + line("14", x: 300)) == ["12", "14"])
    #expect(texts(line("1214", pitch: 34)) == ["1214"], "as wide between all: one number, spaced out")
  }

  @Test("Lines above each other are two numbers")
  func lines() {
    #expect(texts(line("12") + line("345", y: 150)) == ["12", "345"])
  }

  @Test("Digits below each other are one number, from the top")
  func stack() {
    let stack = [3, 0, 5].enumerated().map { digit($1, x: 100, y: 100 + 28 * $0) }
    #expect(texts(stack.reversed()) == ["305"])
  }

  @Test("Seven digits in a line are no house number, nor are six of them")
  func seven() {
    #expect(texts(line("1234567")) == [])
    #expect(texts(line("123456")) == ["123456"])
  }

  @Test("With a weak digit and without it are two chains; a very weak one is in none")
  func weak() {
    #expect(texts([digit(7, x: 50, score: 2_900)]) == [])
    #expect(texts(line("12") + [digit(3, x: 136, score: 4_000)]) == ["12", "123"])
    #expect(texts(line("12") + [digit(3, x: 136, score: 1_000)]) == ["12"])
    #expect(texts([digit(1, x: 100), digit(2, x: 118, score: 5_000)]) == ["12"])
  }

  @Test("With one least score each digit belongs to one chain, in whatever order digits come")
  func anyOrder() {
    var parameters = Assembly.Parameters()
    parameters.leastScores = [5_000]
    let assembly = Assembly(parameters: parameters)
    var generator = SeededGenerator(seed: 11)
    for round in 0..<200 {
      let digits = (0..<12).map { _ in
        digit(
          Int.random(in: 0...9, using: &generator), x: Int.random(in: 20...200, using: &generator),
          y: Int.random(in: 20...120, using: &generator), height: Int.random(in: 12...40, using: &generator),
          score: Int.random(in: 4_000...10_000, using: &generator))
      }
      let chains = assembly.chains(of: digits)
      #expect(Set(chains) == Set(assembly.chains(of: digits.shuffled(using: &generator))), "round \(round)")
      let used = chains.flatMap(\.digits)
      #expect(Set(used).count == used.count, "round \(round)")
      #expect(used.allSatisfy(digits.contains))
      #expect(chains.allSatisfy { (1...6).contains($0.digits.count) })
    }
  }
}
