import ArgumentParser
import DigitNet
import Foundation
import Pipeline

/// `streetnum learn limits`: measures under which changes the detector fails.
struct LearnLimitsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "limits",
    abstract: "Measure how rotation, scale, shift and light change what the detector finds.",
    discussion: """
      Takes labelled pictures, with the labels of `evaluate`. Each number is cropped and scaled so that its digits are 26 \
      pixels high; digits that the detector finds in that crop count. Then one property is changed, and the share of digits \
      that are still found is measured: the right digit, in its place, with a score of 0.5 or more.

      Prints CSV. The changes are rotation (degrees), scale (a power of two, seen at one scale), pyramid (the same, seen at \
      all scales), shift (pixels) and light (a power of two).

      Exit codes: 0 measured; 65, 66 the labels or the only input are unusable or missing.

      Example:
        streetnum learn limits --labels labels.jsonl photographs.tar > limits.csv
      """)

  @Argument(help: ArgumentHelp("Archives, folders or pictures to read.", valueName: "input"), completion: .file())
  var inputs: [String]

  @Option(help: ArgumentHelp("The labels, as JSON lines.", valueName: "file"), completion: .file())
  var labels: String

  @Option(help: ArgumentHelp("Maximum number of pictures to read of each input. (default: all)", valueName: "count"))
  var limit: Int?

  @Option(help: ArgumentHelp("Model file to use instead of the built-in one.", valueName: "file"), completion: .file())
  var model: String?

  @OptionGroup(title: "Reading") var pictures: PictureLimitOptions

  func validate() throws {
    if let limit, limit < 1 { throw ValidationError("--limit takes a number above 0") }
  }

  func run() throws {
    try streetnum.run {
      let (_, reader) = try NetworkOptions.load(model)
      var study = LimitStudy(
        try Labels(path: labels), reader.detector.engine, threads: ProcessInfo.processInfo.activeProcessorCount)
      let options = pictures.ingestOptions
      for input in inputs {
        var count = 0
        let labelled = study.labelled
        let wants = { (name: String, sha256: String) in
          count < limit ?? .max && labelled.position(of: name, sha256: sha256) != nil
        }
        try Source(path: input).forEachImage(where: wants, options: options) { name, sha256, image in
          count += 1
          study.take(name, sha256: sha256, image)
        }
      }
      guard study.digits > 0 else {
        throw LabelsError(.noMatch, "No label belongs to a digit of the inputs that the detector sees")
      }
      let output = StandardOutput()
      try output.write(study.table)
      try output.flush()
    }
  }
}
