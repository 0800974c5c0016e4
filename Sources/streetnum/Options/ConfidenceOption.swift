import ArgumentParser
import Pipeline

/// The option for the smallest confidence of numbers.
struct ConfidenceOption: ParsableArguments {
  @Option(help: ArgumentHelp("Minimum confidence, 0 to 1.", valueName: "confidence"))
  var minConfidence = Confidence.share(Confidence.usual)

  func validate() throws {
    guard (0...1).contains(minConfidence) else {
      throw ValidationError("--min-confidence takes a number from 0 to 1, not \(minConfidence).")
    }
  }

  /// The same in 1/10,000.
  var least: Int { Confidence.least(minConfidence) }
}
