import ArgumentParser
import DigitNet
import Foundation
import Pipeline

/// `streetnum learn limits`: what the detector can't do, measured.
struct LearnLimitsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "limits",
    abstract: "Measure how often the detector still sees digits that are turned, scaled, moved or lit otherwise.",
    discussion: """
      Takes labelled pictures, with the labels of `evaluate`. Each number is cut out and scaled so that its digits are 26 pixels \
      high; digits that the detector sees so count. Then one thing is changed, and it is measured which share is still seen: \
      with a score of 0.5 or more, as the right digit, in its place.

      Prints CSV. The changes are rotation (degrees), scale (a power of two, seen at one scale), pyramid (the same, seen at \
      all scales), shift (pixels) and light (a power of two).

      Exit codes: 0 measured; 65 and 66 the labels or the only input are unusable or missing.
      """)

  @Argument(help: ArgumentHelp("What to read.", valueName: "input"), completion: .file())
  var inputs: [String]

  @Option(help: ArgumentHelp("What the photographs show, as JSON lines.", valueName: "file"), completion: .file())
  var labels: String

  @Option(help: ArgumentHelp("Pictures that are read of each input, at most.", valueName: "count"))
  var limit = Int.max

  @OptionGroup(title: "Reading") var reading: ReadingOptions

  func validate() throws {
    if limit < 1 { throw ValidationError("--limit takes a number above 0") }
  }

  func run() throws {
    try streetnum.run {
      let (_, reader) = try reading.load()
      var study = LimitStudy(
        try Labels(path: labels), reader.detector.engine, threads: ProcessInfo.processInfo.activeProcessorCount)
      var options = IngestOptions()
      (options.images, options.sources.memberBytes) = (reading.limits, reading.memberBytes)
      for input in inputs {
        var count = 0
        let wants = { (name: String) in count < limit && study.wants(name) }
        var pictures: [(String, Image)] = []
        try Source(path: input).forEachImage(named: wants, options: options) { name, image in
          count += 1
          pictures.append((name, image))
        }
        for (name, image) in pictures { study.take(name, image) }
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
