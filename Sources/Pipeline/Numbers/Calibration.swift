public import DigitNet
import Foundation

/// Turns what is known of a chain of digits into the probability that the whole number is right.
///
/// A logistic regression (Platt, 1999) over a few features of the chain. Its weights are fitted on photographs kept out
/// of training (scripts/train/calibrate.py) and travel in the model's metadata. Sums, products, quotients and square
/// roots alone, so that every machine gives the same integer.
public struct Calibration: Sendable, Hashable {
  /// One weight for each of ``features(of:)``.
  public let weights: [Double]

  /// What keeps sums far from overflow; NaN and infinity are beyond it too.
  private static let mostWeight = 1e6

  /// The count of features.
  public static let features = 7

  /// A calibration with weights of one's own; there must be as many as features.
  public init(weights: [Double]) {
    precondition(weights.count == Calibration.features)
    self.weights = weights
  }

  /// The calibration that a model brings, or one that takes the digits' scores at their word.
  public init(model: Model) throws(ModelError) {
    guard let text = model.metadata["calibration"] else {
      self.init(weights: [3, -4, -1, 0, 0, 0, 0])
      return
    }
    guard let weights = try? JSONDecoder().decode([Double].self, from: Data(text.utf8)),
      weights.count == Calibration.features, weights.allSatisfy({ abs($0) <= Calibration.mostWeight })
    else {
      throw ModelError(.malformed, "The model's calibration can't be read; fit it with scripts/train/calibrate.py")
    }
    self.init(weights: weights)
  }

  /// What a confidence is made from: a constant; how unsure the chain and its worst digit are; its length; how uneven
  /// its digits' heights are; how small they are.
  public static func features(of chain: [Digit]) -> [Double] {
    let scores = chain.map { Double($0.score) / Double(Sigmoid.one) }
    let heights = chain.map { Double($0.box.height) }
    let (tallest, shortest) = (heights.max() ?? 1, heights.min() ?? 1)
    return [
      1,
      (1 - scores.reduce(1, *)).squareRoot(),
      (1 - (scores.min() ?? 0)).squareRoot(),
      chain.count == 1 ? 1 : 0,
      chain.count >= 4 ? 1 : 0,
      1 - shortest / tallest,
      10 / max(shortest, 10),
    ]
  }

  /// The confidence of a chain, 0...10,000.
  public func confidence(of chain: [Digit]) -> Int {
    let logit = zip(weights, Calibration.features(of: chain)).reduce(0) { $0 + $1.0 * $1.1 }
    return Sigmoid.probability(Int(min(max(logit, -20), 20) * Double(Sigmoid.unit)))
  }
}
