import DigitNet
import DigitNetTraining
import Pipeline

/// Compares a model's calibration with one that is fitted to the candidates in labelled pictures.
struct CalibrationStudy {
  /// The quality of confidences on held-out pictures.
  struct Figures {
    /// The mean negative log-likelihood of the right answers over all hypotheses.
    var loss: Double
    /// Photographs whose number with the highest confidence is right.
    var right: Share
    /// The expected calibration error over those numbers: the mean distance between confidence and accuracy.
    var calibrationError: Double
  }

  /// The count of folds of the cross-validation.
  static let folds = 5
  /// The smallest counts of photographs, and of right and wrong hypotheses, for a fit.
  private static let (minimumPictures, minimumOfEach) = (30, 10)
  /// The intersection over union from which a candidate's digits and a number's box in a scene are the same number.
  private static let samePlace = 0.4

  private let labels: Labels
  private let findings: Findings
  /// The hypotheses of each picture that was read, with its group.
  private var pictures: [(hypotheses: [Hypothesis], examples: [LogisticRegression.Example], position: Int)] = []
  private let before: Calibration

  init(_ labels: Labels, before: Calibration) {
    (self.labels, self.before) = (labels, before)
    findings = Findings(labels: labels)
  }

  /// Whether a picture has a label.
  func wants(_ name: String, sha256: String) -> Bool { findings.position(of: name, sha256: sha256) != nil }

  /// Adds the candidates of a labelled picture.
  mutating func take(_ name: String, sha256: String, _ candidates: [Evidence]) {
    guard let position = findings.position(of: name, sha256: sha256) else { return }
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

  /// The group of a picture: photographs of one number may show the same sign.
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

  /// The counts of data for the fit.
  var summary: String {
    "\(counted(pictures.count, "picture")), \(counted(examples.count, "reading")), "
      + "\(examples.count(where: \.isRight)) of them correct"
  }

  /// Throws where there are too few data for a fit.
  func check() throws(TrainingError) {
    let right = examples.count(where: \.isRight)
    guard pictures.count >= Self.minimumPictures, right >= Self.minimumOfEach,
      examples.count - right >= Self.minimumOfEach
    else {
      throw TrainingError(
        .data,
        "Too few labels: \(summary). A calibration needs \(Self.minimumPictures) pictures, and \(Self.minimumOfEach) correct and "
          + "\(Self.minimumOfEach) wrong readings; label more photographs")
    }
  }

  /// The figures of the model's calibration, and of calibrations that were fitted without the fold on which they are
  /// measured.
  func compare() -> (before: Figures, after: Figures) {
    let fitted = LogisticRegression.crossValidated(examples, folds: Self.folds, near: before.weights)
      .map { Calibration(weights: $0.weights) }
    return (figures { _ in before }, figures { fitted[group(of: $0) % Self.folds] })
  }

  /// The calibration that is fitted to all pictures.
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
  /// Whether the loss is lower than another, and neither the calibration error higher nor the count of photographs that
  /// are read correctly lower.
  func isBetter(than other: CalibrationStudy.Figures) -> Bool {
    loss < other.loss && calibrationError <= other.calibrationError && right.hits >= other.right.hits
  }
}
