import Foundation
import Pipeline

/// The report on scenes with any count of numbers each.
struct SceneReport: EvaluationReport {
  /// The score of all numbers that were found.
  private let all: SceneScore
  /// The score of those with the usual confidence or more.
  private let usual: SceneScore
  private let confusion: ConfusionMatrix
  private let confidence: Int

  init(_ scenes: [LabelledScene], _ findings: Findings, confidence: Int) {
    let found = findings.numbers(ofAtLeast: confidence)
    all = SceneScore(scenes, found: findings.numbers)
    usual = SceneScore(scenes, found: found)
    confusion = ConfusionMatrix(scenes, found: found)
    self.confidence = confidence
  }

  var subject: String {
    counted(usual.scenes, "scene") + " with " + counted(usual.recall.count, "number")
  }
  var mistakes: [Mistake] { usual.mistakes }

  var rows: [[String]] {
    [
      ["confidence \(Figure.confidence(confidence)) or more", "", "95 % interval"],
      ["precision"] + Figure.cells(usual.precision),
      ["recall"] + Figure.cells(usual.recall),
      ["false numbers per scene", Figure.plain(usual.falsePerScene)],
      [
        "false numbers per megapixel", usual.falsePerMegapixel.map(Figure.plain) ?? "-", "",
        String(format: "of %.2f", Double(usual.pixels) / 1e6),
      ],
    ]
  }

  var fields: [(key: String, json: String)] {
    [
      ("scenes", "\(usual.scenes)"),
      ("numbers", "\(usual.recall.count)"),
      ("precision", "\(usual.precision.value)"),
      ("recall", "\(usual.recall.value)"),
      ("recall_interval", Figure.json(usual.recall.interval)),
      ("false_per_scene", "\(usual.falsePerScene)"),
      ("false_per_megapixel", usual.falsePerMegapixel.map { "\($0)" } ?? "null"),
      ("default_confidence", Figure.confidence(confidence)),
    ]
  }

  func charts(origin: String) -> [(file: String, svg: String)] {
    let said = "\(subject), of \(origin)"
    return [
      (
        "coverage.svg",
        CoverageChart(
          measure: "recall", label: "labelled numbers found, by falling confidence", subject: said, curve: all.curve,
          total: all.recall.count, counted: \.hits
        ).svg
      ),
      ("reliability.svg", ReliabilityChart(subject: said, reliability: all.reliability).svg),
      (
        "confusion.svg",
        ConfusionChart(
          subject: "\(said), confidence \(Figure.confidence(confidence)) or more", matrix: confusion
        ).svg
      ),
    ]
  }
}
