import DigitNetTraining
import Foundation
import Pipeline

/// The lines that are printed during training, one per epoch.
struct LessonReport {
  let output: StandardOutput

  func begin(_ course: HandwritingCourse, _ recipe: Recipe, seed: UInt64) throws {
    let held = course.validation.map { ", \($0.count) validation images" } ?? ""
    try write(
      "\(recipe.rawValue): \(course.network.parameterCount) parameters; \(recipe.summary), "
        + "rate \(Self.text(of: course.rate))\n"
        + "\(course.images.count) training images\(held); seed \(seed)\n")
  }

  private static func text(of rate: LearningRate) -> String {
    func text(_ rate: Float) -> String {
      let digits = String(format: "%.3g", rate)
      return digits.allSatisfy(\.isNumber) ? digits + ".0" : digits
    }
    return switch rate {
    case .constant(let rate): text(rate)
    case .steps(let first, let factor, let epochs):
      "\(text(first)), times \(text(factor)) every \(counted(epochs, "epoch"))"
    case .linear(let first, let last): "\(text(first)) falling to \(text(last))"
    }
  }

  func line(_ progress: HandwritingCourse.Progress, took time: Duration) throws {
    let validation = progress.validation.map { "  validation \(Figure.percent($0))" } ?? ""
    let seconds = Double(time.components.seconds) + 1e-18 * Double(time.components.attoseconds)
    try write(
      String(format: "epoch %2d  cost %.4f  ", progress.epoch, progress.cost)
        + "training \(Figure.percent(progress.training))\(validation)" + String(format: "  %.2f s\n", seconds))
  }

  func stop(after epochs: Int, keptIn file: String?) throws {
    let kept =
      epochs == 0
      ? "no epoch is complete"
      : file.map { "the network of epoch \(epochs) is in \($0)" } ?? "no -o, so nothing is written"
    try write("stopped during epoch \(epochs + 1); \(kept)\n")
  }

  func end(_ answers: TrainableNetwork.Answers, lost: [Int]) throws {
    for digit in lost {
      try write("output \(digit) is stuck: the network never predicts \(digit); try another --seed\n")
    }
    try write("test accuracy \(Figure.percent(answers.accuracy))\n")
  }

  /// Writes without delay, so that each epoch appears when it ends.
  private func write(_ text: String) throws {
    try output.say(text)
    try output.flush()
  }
}
