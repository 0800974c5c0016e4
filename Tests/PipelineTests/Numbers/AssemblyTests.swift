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
    #expect(texts(line("7") + line("9", x: 100 + 16 + 20)) == ["7", "9"])
  }

  @Test("Digits as far from each other as they are high are one number, where all are", arguments: [36, 38, 40])
  func spacedOut(pitch: Int) {
    #expect(texts(line("1214", pitch: pitch)) == ["1214"])
    #expect(texts(line("284", pitch: pitch)) == ["284"])
    #expect(texts(line("1", x: 100 - pitch) + line("23") + line("4", x: 118 + pitch)).contains("1234") == false)
    #expect(texts(line("2", x: 100) + line("8", x: 100 + 42) + line("4", x: 100 + 84)) == ["2", "4", "8"])
  }

  @Test("Where a gap may be one between numbers, the line is tried as one number and as two")
  func doubtful() {
    #expect(texts(line("27") + line("1904", x: 100 + 18 + 26)) == ["1904", "27", "271904"])
    #expect(texts(line("27") + line("845316", x: 100 + 18 + 26)) == ["27", "845316"], "together they are too long")
  }

  @Test("Lines above each other are two numbers")
  func lines() {
    #expect(texts(line("12") + line("345", y: 150)) == ["12", "345"])
  }

  @Test("Digits below each other are one number, from the top", arguments: [28, 36, 48])
  func stack(pitch: Int) {
    let stack = [3, 0, 5].enumerated().map { digit($1, x: 100, y: 100 + pitch * $0) }
    #expect(texts(stack.reversed()) == ["305"])
  }

  @Test("Digits farther below each other than they are high, or not in a column, are numbers of their own")
  func noStack() {
    #expect(texts([digit(3, x: 100), digit(5, x: 100, y: 100 + 50)]) == ["3", "5"])
    #expect(texts([digit(3, x: 100), digit(5, x: 108, y: 100 + 30)]) == ["3", "5"])
  }

  @Test("Two columns beside each other are two stacks")
  func columns() {
    let columns = [2, 4, 7, 3, 5, 6].enumerated().map { digit($1, x: 100 + 60 * ($0 / 3), y: 100 + 34 * ($0 % 3)) }
    #expect(texts(columns) == ["247", "356"])
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

  @Test("With one least score a digit is in one chain, or two where a gap is doubtful, in whatever order digits come")
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
      #expect(Dictionary(grouping: used) { $0 }.values.allSatisfy { $0.count <= 2 }, "round \(round)")
      #expect(used.allSatisfy(digits.contains))
      #expect(chains.allSatisfy { (1...6).contains($0.digits.count) })
    }
  }
}
