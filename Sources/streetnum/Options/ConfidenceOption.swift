import ArgumentParser
import Pipeline

/// The option for the smallest confidence of numbers.
struct ConfidenceOption: ParsableArguments {
  @Option(
    name: .customLong("min-confidence"),
    help: ArgumentHelp(
      "Minimum confidence, 0 to 1. (default: \(Confidence.share(Confidence.usual)))", valueName: "confidence"))
  var given: Double?

  func validate() throws {
    guard let given, !(0...1).contains(given) else { return }
    throw ValidationError("--min-confidence takes a number from 0 to 1, not \(given).")
  }

  /// The smallest confidence in 1/10,000.
  var least: Int { given.map(Confidence.least) ?? Confidence.usual }
}
