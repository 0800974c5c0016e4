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
    Set(assembly.chains(of: digits.sorted { $0.score > $1.score }).map(text)).sorted()
  }

  private func chains(_ digits: [Digit]) -> [Chain] { assembly.chains(of: digits) }

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
    // It may be the only one of a stack that was seen, too.
    #expect(chains([digit(7, x: 50)]).map(\.isUpright) == [false, true])
    #expect(texts([]) == [])
  }

  @Test("Digits of unlike heights are not one number")
  func heights() {
    #expect(texts(line("12") + line("34", x: 140, height: 48)) == ["12", "34"])
  }

  @Test("Neighbours with a wide gap between them may be two numbers, and with a very wide one they are")
  func neighbours() {
    #expect(texts(line("12") + line("14", x: 100 + 18 + 34)) == ["12", "1214", "14"])
    #expect(texts(line("12") + line("14", x: 100 + 18 + 46)) == ["12", "14"])
    #expect(texts(line("7") + line("9", x: 100 + 16 + 20)) == ["7", "79", "9"])
  }

  @Test("Digits up to one and a half of their height apart may be one number, where all are", arguments: [36, 44, 51])
  func spacedOut(pitch: Int) {
    #expect(texts(line("1214", pitch: pitch)).contains("1214"))
    #expect(texts(line("284", pitch: pitch)).contains("284"))
    #expect(!texts(line("284", pitch: 54)).contains("284"))
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

  @Test("Digits below each other may be one number, from the top", arguments: [28, 36, 48, 58])
  func stack(pitch: Int) {
    let stack = [3, 0, 5].enumerated().map { digit($1, x: 100 - $0, y: 100 + pitch * $0) }
    #expect(texts(stack.reversed()).contains("305"))
    #expect(chains(stack).filter { $0.digits == stack }.map(\.isUpright) == [true])
  }

  @Test("Digits of a diagonal may be one number, downwards or upwards", arguments: [14, 26, -14, -26])
  func diagonal(fall: Int) {
    let diagonal = line("247", pitch: 15, fall: fall)
    #expect(texts(diagonal).contains("247"))
    // The less steep may as well be a line that leans.
    let views = chains(diagonal).filter { $0.digits == diagonal }.map(\.isUpright)
    #expect(Set(views) == (abs(fall) < 20 ? [false, true] : [true]))
  }

  @Test("Digits on an arc may be one number", arguments: [[0, -12, -12, 0], [0, 10, 0]])
  func arc(falls: [Int]) {
    let arc = falls.enumerated().map { digit($0, x: 100 + 20 * $0, y: 100 + $1) }
    #expect(chains(arc).filter { $0.digits == arc }.map(\.isUpright) == [false])
  }

  @Test("A path doesn't turn the corner")
  func corner() {
    let corner = line("12") + [digit(3, x: 118, y: 134)]
    #expect(!texts(corner).contains("123"))
  }

  @Test("Two columns beside each other are two stacks")
  func columns() {
    let columns = [2, 4, 7, 3, 5, 6].enumerated().map { digit($1, x: 100 + 60 * ($0 / 3), y: 100 + 34 * ($0 % 3)) }
    #expect(texts(columns).filter { $0.count > 1 } == ["247", "356"])
  }

  @Test("A picture full of digits makes no more chains than the most, in time that doesn't grow with its square")
  func hostile() {
    var generator = SeededGenerator(seed: 3)
    let digits = (0..<20_000).map { i in
      digit(
        i % 10, x: Int.random(in: 0...3_000, using: &generator), y: Int.random(in: 0...2_000, using: &generator),
        height: Int.random(in: 20...30, using: &generator), score: 9_900 - i / 3)
    }
    var chains: [Chain] = []
    let time = ContinuousClock().measure { chains = assembly.chains(of: digits) }
    #expect(chains.count <= assembly.mostChains)
    #expect(Set(chains.flatMap(\.digits)).count <= Assembly.mostCandidates)
    #expect(time < .seconds(20))
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

  @Test("A digit is in few chains, the same in whatever order digits come")
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
      #expect(Dictionary(grouping: used) { $0 }.values.allSatisfy { $0.count <= 12 }, "round \(round)")
      #expect(used.allSatisfy(digits.contains))
      #expect(chains.allSatisfy { (1...6).contains($0.digits.count) })
    }
  }
}
