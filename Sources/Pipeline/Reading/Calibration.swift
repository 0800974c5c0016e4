package import DigitNet
import Foundation

/// Turns what is known of a candidate into the probability that its whole number is right.
///
/// A logistic regression (Platt, 1999) over ``Hypothesis/features``. Its weights are fitted on photographs kept out of
/// training (scripts/train/calibrate.py) and travel in the model's metadata. Sums, products, quotients and tables alone,
/// so that every machine gives the same integer.
package struct Calibration: Sendable, Hashable {
  /// One weight for each feature.
  package let weights: [Double]

  /// What keeps sums far from overflow; NaN and infinity are beyond it too.
  private static let mostWeight = 1e6

  /// A calibration with weights of one's own; there must be as many as features.
  package init(weights: [Double]) {
    precondition(weights.count == Hypothesis.featureNames.count)
    self.weights = weights
  }

  /// The calibration that a model brings, or one that takes the probability of what was read at its word.
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
    .malformed, "The model's calibration can't be read; fit it with scripts/train/calibrate.py")

  /// The confidence of a hypothesis, 0...10,000.
  package func confidence(of hypothesis: Hypothesis) -> Int {
    let logit = zip(weights, hypothesis.features).reduce(0) { $0 + $1.0 * $1.1 }
    return Sigmoid.probability(Int(min(max(logit, -20), 20) * Double(Sigmoid.unit)))
  }
}
