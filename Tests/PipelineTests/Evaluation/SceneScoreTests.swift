import DigitNet
import Pipeline
import Testing

@Suite("Score of scenes")
struct SceneScoreTests {
  private func scene(_ name: String, pixels: Int?, _ numbers: [HouseNumber]) -> LabelledScene {
    LabelledScene(
      file: name, pixels: pixels, numbers: numbers.map { LabelledNumber(text: $0.text, box: $0.box) })
  }

  @Test("A number is right with its text and its place; each label counts once, for the surest")
  func score() {
    let scenes = [
      scene("a", pixels: 2_000_000, [number("12", 0), number("34", 0, left: 100)]),
      scene("b", pixels: 1_000_000, []), scene("c", pixels: 1_000_000, [number("56", 0)]),
    ]
    let found = [
      [
        number("12", 9_000), number("12", 4_000), number("35", 8_000, left: 100), number("34", 6_000, left: 100),
        number("12", 3_000, left: 300),
      ],
      [number("1", 7_000)], [number("56", 9_500, left: 11)],
    ]
    let score = SceneScore(scenes, found: found)
    #expect(score.precision == Share(2, of: 7))
    #expect(score.recall == Share(2, of: 3))
    #expect(score.falsePerScene == 5.0 / 3)
    #expect(score.falsePerMegapixel == 1.25)
    #expect(score.curve.points.map(\.confidence) == [9_500, 9_000, 8_000, 7_000, 6_000, 4_000, 3_000])
    #expect(score.curve.points.map(\.precision.hits) == [0, 1, 1, 1, 2, 2, 2])
    #expect(score.mistakes.map { $0.read?.text } == ["56", "35", "1", "12", "12", nil])
    #expect(score.mistakes.map(\.right) == [nil, nil, nil, nil, nil, "56"], "35 was put right by 34")
  }

  @Test("A misread number and the label in its place are one mistake")
  func misread() {
    let score = SceneScore([scene("a", pixels: nil, [number("34", 0)])], found: [[number("35", 8_000, left: 2)]])
    #expect(score.mistakes.count == 1)
    #expect(score.mistakes.first?.read?.text == "35")
    #expect(score.mistakes.first?.right == "34")
    #expect(score.mistakes.first?.places == [number("34", 0).box])
    #expect(score.recall == Share(0, of: 1))
  }

  @Test("Where no size is known, nor are false numbers a megapixel; no scene is 0 and no crash")
  func empty() {
    #expect(SceneScore([scene("a", pixels: nil, [])], found: [[number("1", 1)]]).falsePerMegapixel == nil)
    let score = SceneScore([], found: [])
    #expect(score.falsePerScene == 0)
    #expect(score.precision.value == 0 && score.recall.value == 0)
    #expect(score.curve.widest(atPrecision: 0.98) == nil)
  }
}
