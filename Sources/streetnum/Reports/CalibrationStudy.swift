import DigitNet
import DigitNetTraining
import Pipeline

/// What is known of labelled pictures' candidates, and which confidences fit them: those that a model has, or others.
struct CalibrationStudy {
  /// How well confidences fit what they were not fitted on.
  struct Figures {
    /// The mean of -ln of the probability that was given to what is right, over all hypotheses.
    var loss: Double
    /// Photographs whose surest number is right.
    var right: Share
    /// The mean distance between confidence and accuracy, of photographs' surest numbers.
    var calibrationError: Double
  }

  /// Parts of the cross-validation.
  static let folds = 5
  /// Photographs, and right and wrong hypotheses, that a fit needs at least.
  private static let (leastPictures, leastOfEach) = (30, 10)
  /// The overlap of a candidate's digits and a number's box in a scene, intersection over union, that makes them the same.
  private static let samePlace = 0.4

  private let labels: Labels
  private let findings: Findings
  /// Hypotheses of each picture that was read, with its group.
  private var pictures: [(hypotheses: [Hypothesis], examples: [LogisticRegression.Example], position: Int)] = []
  private let before: Calibration

  init(_ labels: Labels, before: Calibration) {
    (self.labels, self.before) = (labels, before)
    findings = Findings(labels: labels)
  }

  /// Whether a picture has a label.
  func wants(_ name: String) -> Bool { findings.position(of: name) != nil }

  /// Takes what a labelled picture may show.
  mutating func take(_ name: String, _ candidates: [Evidence]) {
    guard let position = findings.position(of: name) else { return }
    let group = group(of: position)
    var (hypotheses, examples): ([Hypothesis], [LogisticRegression.Example]) = ([], [])
    for candidate in candidates {
      for hypothesis in candidate.hypotheses {
        hypotheses.append(hypothesis)
        examples.append(
          LogisticRegression.Example(
            features: hypothesis.features, isRight: isRight(hypothesis, candidate, position), group: group))
      }
    }
    pictures.append((hypotheses, examples, position))
  }

  /// Photographs of one number are a group: they may show one sign.
  private func group(of position: Int) -> Int {
    guard case .photographs(let photographs) = labels, !photographs[position].number.isEmpty else { return position }
    return photographs[position].number.utf8.reduce(0) { ($0 * 31 + Int($1)) % 1_000_003 }
  }

  private func isRight(_ hypothesis: Hypothesis, _ candidate: Evidence, _ position: Int) -> Bool {
    let text = hypothesis.text.map(String.init).joined()
    switch labels {
    case .photographs(let photographs): return photographs[position].number == text
    case .scenes(let scenes):
      let boxes = candidate.reading.chain.digits.map(\.box)
      guard let first = boxes.first else { return false }
      let place = boxes.dropFirst().reduce(first) { $0.union($1) }
      return scenes[position].numbers.contains { number in
        let common = Double(place.intersection(number.box))
        return number.text == text && common >= Self.samePlace * (Double(place.area + number.box.area) - common)
      }
    }
  }

  private var examples: [LogisticRegression.Example] { pictures.flatMap(\.examples) }

  /// How much there is to fit on.
  var summary: String {
    "\(Figure.count(pictures.count, "picture")), \(Figure.count(examples.count, "reading")), "
      + "\(examples.count(where: \.isRight)) of them correct"
  }

  /// Throws where there is too little to fit anything on.
  func check() throws(TrainingError) {
    let right = examples.count(where: \.isRight)
    guard pictures.count >= Self.leastPictures, right >= Self.leastOfEach, examples.count - right >= Self.leastOfEach
    else {
      throw TrainingError(
        .data,
        "Too few labels: \(summary). A calibration needs \(Self.leastPictures) pictures, and \(Self.leastOfEach) correct and "
          + "\(Self.leastOfEach) wrong readings; label more photographs")
    }
  }

  /// The calibration of the model as it is, and of those that were fitted without the part that they are measured on.
  func compare() -> (before: Figures, after: Figures) {
    let fitted = LogisticRegression.crossValidated(examples, folds: Self.folds, near: before.weights)
      .map { Calibration(weights: $0.weights) }
    return (figures { _ in before }, figures { fitted[group(of: $0) % Self.folds] })
  }

  /// The calibration that was fitted on all.
  func fitted() -> Calibration {
    let weights = LogisticRegression(examples, near: before.weights).weights
    return Calibration(weights: weights.map { ($0 * 1e6).rounded() / 1e6 })
  }

  private func figures(_ calibration: (_ position: Int) -> Calibration) -> Figures {
    var (probabilities, judgements): ([Double], [Judgement]) = ([], [])
    for (hypotheses, examples, position) in pictures {
      let confidences = hypotheses.map { calibration(position).confidence(of: $0) }
      let regression = LogisticRegression(weights: calibration(position).weights)
      probabilities += examples.map { regression.probability($0.features) }
      guard let best = confidences.indices.max(by: { confidences[$0] < confidences[$1] }) else { continue }
      judgements.append(Judgement(confidence: confidences[best], isRight: examples[best].isRight))
    }
    return Figures(
      loss: LogisticRegression.logLoss(probabilities, examples),
      right: Share(judgements.count(where: \.isRight), of: pictures.count),
      calibrationError: Reliability(judgements).expectedError)
  }
}

extension CalibrationStudy.Figures {
  /// Whether it is worse in what counts: the loss, or the count of photographs that are read rightly.
  func isWorse(than other: CalibrationStudy.Figures) -> Bool { loss >= other.loss || right.hits < other.right.hits }
}
