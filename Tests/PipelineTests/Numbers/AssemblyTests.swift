import DigitNet
import Foundation
import Pipeline
import Testing

@Suite("Numbers from digits")
struct AssemblyTests {
  private let assembly = Assembly(calibration: Calibration(weights: [3, -4, -1, 0, 0, 0, 0]))

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
    assembly.numbers(from: digits.sorted { $0.score > $1.score }).map(\.text).sorted()
  }

  @Test("Digits in a line are one number, from left to right, zeros kept", arguments: ["1427", "007", "90", "111111"])
  func upright(text: String) throws {
    let digits = line(text)
    #expect(texts(digits.reversed()) == [text])
    let number = try #require(assembly.numbers(from: digits).first)
    #expect(number.digits == digits)
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

  @Test("Weak digits make no number, and don't lengthen one")
  func weak() {
    #expect(texts([digit(7, x: 50, score: 4_800)]) == [])
    #expect(texts(line("12") + [digit(3, x: 136, score: 1_000)]) == ["12"])
    #expect(texts([digit(1, x: 100), digit(2, x: 118, score: 5_000)]) == ["12"])
  }

  @Test("Each digit belongs to one number, in whatever order digits come")
  func anyOrder() {
    var generator = SeededGenerator(seed: 11)
    for round in 0..<200 {
      let digits = (0..<12).map { _ in
        digit(
          Int.random(in: 0...9, using: &generator), x: Int.random(in: 20...200, using: &generator),
          y: Int.random(in: 20...120, using: &generator), height: Int.random(in: 12...40, using: &generator),
          score: Int.random(in: 4_000...10_000, using: &generator))
      }
      let numbers = assembly.numbers(from: digits)
      #expect(numbers == assembly.numbers(from: digits.shuffled(using: &generator)), "round \(round)")
      let used = numbers.flatMap(\.digits)
      #expect(Set(used).count == used.count, "round \(round)")
      #expect(used.allSatisfy(digits.contains))
      #expect(numbers.map(\.confidence) == numbers.map(\.confidence).sorted(by: >))
      #expect(numbers.allSatisfy { (1...6).contains($0.text.count) && (500...10_000).contains($0.confidence) })
    }
  }

  @Test("The surer its digits, the surer a number")
  func monotone() {
    let confidences = stride(from: 5_000, through: 10_000, by: 250).map { score in
      assembly.numbers(from: [digit(1, x: 100), digit(2, x: 118, score: score)]).first?.confidence ?? -1
    }
    #expect(confidences == confidences.sorted())
    #expect(Set(confidences).count > 15)
    #expect(assembly.calibration.confidence(of: line("12")) > assembly.calibration.confidence(of: line("1234")))
  }

  @Test(
    "A model whose calibration can't be read is refused",
    arguments: [
      "", "{}", "[1]", "[1,2,3,4,5,6,\"7\"]", "[1,2,3,4,5,6,7,8]", "[1e308,-1e308,1e308,1e308,1e308,1e308,1e308]",
    ])
  func malformedCalibration(text: String) throws {
    #expect(throws: ModelError.self) { try Calibration(model: model(calibration: text)) }
  }

  @Test("A model's calibration is taken as it is")
  func calibration() throws {
    #expect(try Calibration(model: model(calibration: "[1,2,3,4,5,6,7.5]")).weights == [1, 2, 3, 4, 5, 6, 7.5])
  }

  /// The built-in model with another calibration (safetensors: the header's length in 8 bytes, the header, the body).
  private func model(calibration: String) throws -> Model {
    let file = Model.shippedFile
    let length = file.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
    let object = try JSONSerialization.jsonObject(with: Data(file[8..<(8 + length)]))
    var header = try #require(object as? [String: Any])
    var metadata = try #require(header["__metadata__"] as? [String: String])
    metadata["calibration"] = calibration
    header["__metadata__"] = metadata
    let text = Array(try JSONSerialization.data(withJSONObject: header))
    let size = (0..<8).map { UInt8(truncatingIfNeeded: text.count >> (8 * $0)) }
    return try Model(file: size + text + file[(8 + length)...])
  }
}
