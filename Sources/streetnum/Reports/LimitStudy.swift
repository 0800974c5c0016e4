import DigitNet
import DigitNetTraining
import Pipeline

/// Measures how many labelled digits the detector still detects when they are rotated, scaled, shifted, or lit
/// differently.
///
/// A number is cut out and scaled until its digits are ``LimitTrial/height`` pixels high, in the middle of the
/// detector's range. Digits that are detected so are counted. Then one property is changed.
struct LimitStudy {
  private let engine: Engine
  private let labels: Labels
  /// Finds the label of a picture.
  let labelled: Findings
  private let threads: Int
  /// The count of digits that are still detected, by change and amount.
  private var seen = LimitTrial.Change.allCases.map { $0.amounts.map { _ in 0 } }
  /// The count of digits that are detected without a change.
  private(set) var digits = 0

  init(_ labels: Labels, _ engine: Engine, threads: Int) {
    (self.labels, self.engine, self.threads, labelled) = (labels, engine, threads, Findings(labels: labels))
  }

  /// Tests the detector on the digits of a labelled picture with all changes.
  mutating func take(_ name: String, sha256: String, _ image: Image) {
    guard let position = labelled.position(of: name, sha256: sha256) else { return }
    for number in numbers(of: position) {
      guard var trial = LimitTrial(number, in: image) else { continue }
      trial.keep(trial.seen(.rotation, 0, by: engine))
      digits += trial.digits.count
      let trials = LimitTrial.Change.allCases.enumerated().flatMap { place, change in
        change.amounts.enumerated().map { (place, $0, change, $1) }
      }
      let found = parallel(trials.count, threads: threads) { [engine, trial] index in
        trial.seen(trials[index].2, trials[index].3, by: engine).count { $0 }
      }
      for ((change, amount, _, _), count) in zip(trials, found) { seen[change][amount] += count }
    }
  }

  /// The numbers of a labelled picture, each as its digits with their boxes. All digits of a number in a scene have the
  /// number's box.
  private func numbers(of position: Int) -> [[LabelledDigit]] {
    switch labels {
    case .photographs(let photographs): return [photographs[position].digits ?? []]
    case .scenes(let scenes):
      return scenes[position].numbers.map { number in
        let (count, box) = (number.text.count, number.box)
        return number.text.compactMap(\.wholeNumberValue).enumerated().map { place, value in
          let (left, right) = (box.width * place / count, box.width * (place + 1) / count)
          return LabelledDigit(
            value: value, box: Box(left: box.left + left, top: box.top, width: right - left, height: box.height))
        }
      }
    }
  }

  /// A table with one line per change and amount: the share of digits that are still detected.
  var table: String {
    zip(LimitTrial.Change.allCases, seen).flatMap { change, counts in
      zip(change.amounts, counts).map { amount, count in
        "\(change.rawValue),\(amount),\(Figure.plain(Double(count) / Double(max(digits, 1)))),\(digits)\n"
      }
    }.reduce("change,amount,seen,digits\n", +)
  }
}
