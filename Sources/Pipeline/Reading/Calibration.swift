package import DigitNet
import Foundation

/// Computes the probability that a hypothesis is the right number.
///
/// A logistic regression (Platt, 1999) over ``Hypothesis/features``. Its weights are fitted on held-out photographs
/// (scripts/train/calibrate.py) and stored in the model's metadata. It uses only IEEE arithmetic and tables, so every
/// machine computes the same integer.
package struct Calibration: Sendable, Hashable {
  /// One weight per feature.
  package let weights: [Double]

  /// The maximum absolute value of a weight. It excludes NaN and infinity, and keeps sums far from overflow.
  private static let mostWeight = 1e6

  /// A calibration with the given weights, one per feature.
  package init(weights: [Double]) {
    precondition(weights.count == Hypothesis.featureNames.count)
    self.weights = weights
  }

  /// The model's calibration; for a model without one, the probability of the text is the confidence.
  package init(model: Model) throws(ModelError) {
    guard let text = model.metadata["calibration"] else {
      self.init(weights: Hypothesis.featureNames.map { $0 == "read" ? 1 : 0 })
      return
    }
    guard let weights = try? JSONDecoder().decode([String: Double].self, from: Data(text.utf8)),
      weights.count == Hypothesis.featureNames.count, weights.values.allSatisfy({ abs($0) <= Calibration.mostWeight })
    else { throw Calibration.unreadable }
    let ordered = Hypothesis.featureNames.compactMap { weights[$0] }
    guard ordered.count == Hypothesis.featureNames.count else { throw Calibration.unreadable }
    self.init(weights: ordered)
  }

  private static let unreadable = ModelError(
    .malformed, "The model's calibration is malformed; fit it with scripts/train/calibrate.py")

  /// The confidence of a hypothesis, 0...10,000.
  package func confidence(of hypothesis: Hypothesis) -> Int {
    let logit = zip(weights, hypothesis.features).reduce(0) { $0 + $1.0 * $1.1 }
    return Sigmoid.probability(Int(min(max(logit, -20), 20) * Double(Sigmoid.unit)))
  }
}
