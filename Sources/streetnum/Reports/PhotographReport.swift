import Pipeline

/// The report on photographs with one number each.
struct PhotographReport: EvaluationReport {
  /// The score of all numbers that were found.
  private let all: SingleNumberScore
  /// The score of those with the usual confidence or more.
  private let usual: SingleNumberScore
  private let confusion: ConfusionMatrix
  private let confidence: Int

  init(_ photographs: [LabelledPhotograph], _ findings: Findings, confidence: Int) {
    all = SingleNumberScore(photographs, found: findings.numbers)
    usual = SingleNumberScore(photographs, found: findings.numbers(ofAtLeast: confidence))
    confusion = ConfusionMatrix(photographs, found: findings.numbers)
    self.confidence = confidence
  }

  var subject: String { counted(all.accuracy.count, "photograph") }
  var mistakes: [Mistake] { all.mistakes }

  private var coverage: Share { all.coverage(atPrecision: CoverageChart.target) }

  var rows: [[String]] {
    var rows = [["", "", "95 % interval"], ["whole numbers right"] + Figure.cells(all.accuracy)]
    for (length, accuracy) in all.accuracyByLength {
      let name = length == 4 ? "4 or more digits" : counted(length, "digit")
      rows.append(["  of \(name)"] + Figure.cells(accuracy))
    }
    rows.append(["answered"] + Figure.cells(all.answered))
    // No interval, because the threshold is chosen on the same photographs.
    rows.append(["coverage at 98 % precision", Figure.percent(coverage.value), "", "of \(coverage.count)"])
    rows.append(["calibration error", Figure.percent(all.reliability.expectedError)])
    let scores = [("any confidence", all), ("confidence \(Figure.confidence(confidence)) or more", usual)]
    for (name, score) in scores {
      guard let digits = score.digits else { continue }
      rows.append(["digits, \(name)"])
      rows.append(["  precision"] + Figure.cells(digits.precision))
      rows.append(["  recall"] + Figure.cells(digits.recall))
      rows.append(["  F1", Figure.percent(digits.f1)])
    }
    rows.append(["false numbers per photograph"])
    for (name, score) in scores { rows.append(["  \(name)", Figure.plain(score.falsePerPhotograph)]) }
    return rows
  }

  var fields: [(key: String, json: String)] {
    let lengths = all.accuracyByLength.map { length, accuracy in
      (key: length == 4 ? "4+" : String(length), json: JSON.array(["\(accuracy.value)", "\(accuracy.count)"]))
    }
    return [
      ("photographs", "\(all.accuracy.count)"),
      ("accuracy", "\(all.accuracy.value)"),
      ("accuracy_interval", Figure.json(all.accuracy.interval)),
      ("answered", "\(all.answered.value)"),
      ("coverage_at_98", "\(coverage.value)"),
      ("calibration_error", "\(all.reliability.expectedError)"),
      ("accuracy_by_length", JSON.object(lengths)),
      ("false_per_photograph", "\(all.falsePerPhotograph)"),
    ] + fields(of: all.digits) + [
      ("default_confidence", Figure.confidence(confidence)),
      ("false_per_photograph_at_default", "\(usual.falsePerPhotograph)"),
    ] + fields(of: usual.digits, "_at_default")
  }

  private func fields(of digits: DigitScore?, _ suffix: String = "") -> [(key: String, json: String)] {
    guard let digits else { return [] }
    return [
      ("digit_precision\(suffix)", "\(digits.precision.value)"),
      ("digit_recall\(suffix)", "\(digits.recall.value)"),
      ("digit_f1\(suffix)", "\(digits.f1)"),
    ]
  }

  func charts(origin: String) -> [(file: String, svg: String)] {
    let said = "\(subject) of \(origin)"
    return [
      (
        "coverage.svg",
        CoverageChart(
          measure: "coverage", label: "photographs kept, by falling confidence", subject: said, curve: all.curve,
          total: all.accuracy.count, counted: \.count
        ).svg
      ),
      ("reliability.svg", ReliabilityChart(subject: said, reliability: all.reliability).svg),
      ("confusion.svg", ConfusionChart(subject: "\(said), numbers of any confidence", matrix: confusion).svg),
    ]
  }
}
