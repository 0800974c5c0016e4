import Foundation

/// Logistic regression: the probability of a yes from a weighted sum of features.
///
/// Fitted by Newton's method with a Gaussian prior around given weights, which were fitted on more examples. Distances
/// from the prior are in units of each feature's standard deviation, at least 1: a feature that varies little in a few
/// examples says little about others.
public struct LogisticRegression: Sendable, Hashable {
  /// The features of an example and its label.
  public struct Example: Sendable, Hashable {
    /// One number per weight.
    public var features: [Double]
    /// Whether the label is yes.
    public var isRight: Bool
    /// The group. In cross-validation, examples of one group are in the same fold.
    public var group: Int

    /// An example from its parts.
    public init(features: [Double], isRight: Bool, group: Int) {
      self.features = features
      self.isRight = isRight
      self.group = group
    }
  }

  /// One weight per feature.
  public let weights: [Double]

  /// The maximum number of Newton steps; about ten suffice.
  private static let maximumSteps = 60
  /// The maximum number of times that a step is halved.
  private static let maximumHalvings = 30

  /// A regression with given weights.
  public init(weights: [Double]) { self.weights = weights }

  /// The default strength of the prior, roughly the number of examples with the same influence.
  public static let strength = 10.0

  /// Fits examples, which may be none, with a prior around given weights. The prior's `strength` must be positive; a
  /// greater one keeps the weights nearer to the prior.
  public init(_ examples: [Example], near prior: [Double], strength: Double = LogisticRegression.strength) {
    let strengths = LogisticRegression.variances(examples, count: prior.count).map { strength * max($0, 1) }
    func cost(_ weights: [Double]) -> Double {
      let probabilities = examples.map { LogisticRegression.probability(weights, $0.features) }
      let distance = prior.indices.reduce(0) {
        $0 + strengths[$1] / 2 * (weights[$1] - prior[$1]) * (weights[$1] - prior[$1])
      }
      return LogisticRegression.logLoss(probabilities, examples) * Double(examples.count) + distance
    }
    var weights = prior
    for _ in 0..<LogisticRegression.maximumSteps {
      var gradient = zip(weights, prior).enumerated().map { strengths[$0] * ($1.0 - $1.1) }
      var curvature = prior.indices.map { row in prior.indices.map { $0 == row ? strengths[row] : 0 } }
      for example in examples {
        let probability = LogisticRegression.probability(weights, example.features)
        let error = probability - (example.isRight ? 1 : 0)
        let slope = probability * (1 - probability)
        for row in prior.indices {
          gradient[row] += error * example.features[row]
          let factor = slope * example.features[row]
          for column in 0...row { curvature[row][column] += factor * example.features[column] }
        }
      }
      var step = LogisticRegression.solve(curvature, gradient)
      // A full step can overshoot where the curvature is small.
      let before = cost(weights)
      for _ in 0..<LogisticRegression.maximumHalvings
      where cost(zip(weights, step).map { $0 - $1 }) > before { step = step.map { $0 / 2 } }
      for row in weights.indices { weights[row] -= step[row] }
      if step.allSatisfy({ abs($0) < 1e-9 }) { break }
    }
    self.weights = weights
  }

  /// The probability of a yes.
  public func probability(_ features: [Double]) -> Double { LogisticRegression.probability(weights, features) }

  /// The mean of the negative logarithm of the probability assigned to the label; lower is better.
  public static func logLoss(_ probabilities: [Double], _ examples: [Example]) -> Double {
    let losses = zip(probabilities, examples).map { probability, example in
      -log(max(example.isRight ? probability : 1 - probability, 1e-12))
    }
    return losses.reduce(0, +) / Double(max(losses.count, 1))
  }

  /// For each group, the regression fitted on the other folds. A group's fold is its number modulo `folds`.
  public static func crossValidated(_ examples: [Example], folds: Int, near prior: [Double]) -> [LogisticRegression] {
    (0..<folds).map { fold in LogisticRegression(examples.filter { $0.group % folds != fold }, near: prior) }
  }

  private static func probability(_ weights: [Double], _ features: [Double]) -> Double {
    let sum = zip(weights, features).reduce(0) { $0 + $1.0 * $1.1 }
    return 1 / (1 + exp(-min(max(sum, -20), 20)))
  }

  /// The variance of each feature.
  private static func variances(_ examples: [Example], count: Int) -> [Double] {
    let total = Double(max(examples.count, 1))
    return (0..<count).map { feature in
      let mean = examples.reduce(0) { $0 + $1.features[feature] } / total
      return examples.reduce(0) { $0 + ($1.features[feature] - mean) * ($1.features[feature] - mean) } / total
    }
  }

  /// Solves a linear system with a symmetric positive definite matrix, given by its lower half (Cholesky).
  private static func solve(_ matrix: [[Double]], _ right: [Double]) -> [Double] {
    var (factor, solution) = (matrix, right)
    for row in factor.indices {
      for column in 0...row {
        var sum = matrix[row][column]
        for place in 0..<column { sum -= factor[row][place] * factor[column][place] }
        factor[row][column] = row == column ? max(sum, 1e-12).squareRoot() : sum / factor[column][column]
      }
      for place in 0..<row { solution[row] -= factor[row][place] * solution[place] }
      solution[row] /= factor[row][row]
    }
    for row in factor.indices.reversed() {
      for place in row + 1..<factor.count { solution[row] -= factor[place][row] * solution[place] }
      solution[row] /= factor[row][row]
    }
    return solution
  }
}
