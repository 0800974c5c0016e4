import DigitNetTraining
import Foundation
import Testing

/// Fitting of probabilities.
@Suite struct LogisticRegressionTests {
  /// Examples whose probability is that of known weights, a constant and two features.
  private static func examples(_ count: Int, seed: UInt64) -> [LogisticRegression.Example] {
    var random = RandomSource(seed: seed)
    return (0..<count).map { place in
      let features = [1, Double(random.normal()), Double(random.normal())]
      let sum = 0.5 + 2 * features[1] - 1 * features[2]
      return .init(features: features, isRight: Double(random.uniform()) < 1 / (1 + exp(-sum)), group: place)
    }
  }

  @Test func itFindsTheWeights() {
    let weights = LogisticRegression(LogisticRegressionTests.examples(20_000, seed: 1), near: [0, 0, 0]).weights
    for (found, right) in zip(weights, [0.5, 2, -1]) { #expect(abs(found - right) < 0.1) }
  }

  @Test func withoutExamplesItStaysWhereItBegan() {
    #expect(LogisticRegression([], near: [3, -1]).weights == [3, -1])
  }

  @Test func aFewExamplesMoveItLittle() {
    let few = LogisticRegression(LogisticRegressionTests.examples(5, seed: 2), near: [0.5, 2, -1]).weights
    for (found, prior) in zip(few, [0.5, 2, -1]) { #expect(abs(found - prior) < 0.5) }
  }

  @Test func theGradientIsZeroWhereItEnds() {
    let examples = LogisticRegressionTests.examples(300, seed: 3)
    let fitted = LogisticRegression(examples, near: [0, 0, 0], strength: 1e-6)
    for feature in 0..<3 {
      let sum = examples.reduce(0) {
        $0 + (fitted.probability($1.features) - ($1.isRight ? 1 : 0)) * $1.features[feature]
      }
      #expect(abs(sum) < 1e-4)
    }
  }

  @Test func aStrongerPriorHoldsNearer() {
    let examples = LogisticRegressionTests.examples(50, seed: 5)
    let distances = [1.0, 10, 100, 1e6].map { strength in
      zip(LogisticRegression(examples, near: [0, 0, 0], strength: strength).weights, [0, 0, 0]).reduce(0) {
        $0 + ($1.0 - $1.1) * ($1.0 - $1.1)
      }
    }
    #expect(distances == distances.sorted(by: >) && distances[3] < 1e-6)
  }

  @Test func foldsAreFittedWithoutTheirGroups() {
    let examples = LogisticRegressionTests.examples(200, seed: 4)
    let folds = LogisticRegression.crossValidated(examples, folds: 4, near: [0, 0, 0])
    #expect(folds.count == 4 && Set(folds).count == 4)
    #expect(folds[1] == LogisticRegression(examples.filter { $0.group % 4 != 1 }, near: [0, 0, 0]))
  }

  @Test func lossPunishesWhatIsSureAndWrong() {
    let example = LogisticRegression.Example(features: [], isRight: true, group: 0)
    #expect(abs(LogisticRegression.logLoss([0.5], [example]) - log(2)) < 1e-12)
    #expect(LogisticRegression.logLoss([0.01], [example]) > 4)
  }
}
