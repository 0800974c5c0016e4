import ArgumentParser
import DigitNet
import DigitNetTraining
import DigitNetWeights
import Foundation
import Pipeline

/// `streetnum learn calibrate`: fits confidences to the user's own photographs.
struct LearnCalibrateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "calibrate",
    abstract: "Fit the confidences to labelled photographs of your own.",
    discussion: """
      Fits the weights of the logistic regression that gives confidences, starting near those of the model; the networks stay \
      as they are. The labels are those of `evaluate`. Label every photograph of a sample, not a selection: confidences that \
      are fitted to a selection are wrong elsewhere. With scenes, also label those without a number ("numbers": []).

      The gain is measured by cross-validation in five folds; photographs of one number stay in one fold. If the held-out \
      loss is not lower than the model's own, or fewer photographs are read correctly, nothing is written. The new model has \
      an id of its own: ingest again with --model. -o replaces only an earlier model of this command.

      Exit codes: 0 written; 3 no improvement, nothing was written; 65, 66 the labels or the only input are unusable or \
      missing, or too few.

      Example:
        streetnum learn calibrate --labels labels.jsonl -o mine.safetensors photographs.tar
      """)

  @Argument(
    help: ArgumentHelp("Archives, folders or pictures to read.", valueName: "input"), completion: .file())
  var inputs: [String]

  @Option(help: ArgumentHelp("The labels, as JSON lines.", valueName: "file"), completion: .file())
  var labels: String

  @Option(name: .shortAndLong, help: ArgumentHelp("The model file to write.", valueName: "file"), completion: .file())
  var output: String

  @OptionGroup var jobs: JobsOption

  @OptionGroup(title: "Reading") var networks: NetworkOptions

  @OptionGroup var archives: ArchiveLimitOptions

  /// The key in a model's metadata for the version that calibrated it.
  static let mark = "calibrated_by"

  func run() throws {
    try streetnum.run {
      try SystemShortage.check(workers: jobs.count)
      let file = OutputFile(path: output, kind: .calibratedModel)
      try file.check()
      try file.check(against: inputs + [labels, networks.model].compactMap(\.self))
      let (_, reader) = try networks.load()
      var study = CalibrationStudy(try Labels(path: labels), before: reader.calibration)
      var options = networks.pictures.ingestOptions
      options.sources = archives.limits(memberBytes: networks.pictures.memberBytes)
      for input in inputs {
        try Source(path: input).forEachImage(where: study.wants, options: options) { name, sha256, image in
          study.take(name, sha256: sha256, reader.candidates(in: image, threads: jobs.count))
        }
      }
      try study.check()
      let (before, after) = study.compare()
      let report = StandardOutput()
      try report.say(table(study, before, after))
      guard after.isBetter(than: before) else {
        try report.say("no improvement on held-out photographs: nothing is written\n")
        try report.flush()
        throw ExitCode.rejected
      }
      try file.write(model(with: study.fitted()))
      try report.say("written: \(output)\n")
      try report.flush()
    }
  }

  private func table(
    _ study: CalibrationStudy, _ before: CalibrationStudy.Figures, _ after: CalibrationStudy.Figures
  ) -> String {
    if let columns = TerminalWidth.output, columns < Self.tableWidth { return list(study, before, after) }
    func line(_ name: String, _ figures: CalibrationStudy.Figures) -> String {
      name + String(format: "%8.4f  %17.4f", figures.loss, figures.calibrationError)
        + "  \(figures.right.hits) of \(figures.right.count)\n"
    }
    return "fitted on \(study.summary); measured by five-fold cross-validation:\n"
      + "                loss  calibration error  numbers right\n"
      + line("the model   ", before) + line("fitted      ", after)
  }

  /// The width of the table of figures, in columns.
  private static let tableWidth = 60

  /// The table for a narrow terminal.
  private func list(
    _ study: CalibrationStudy, _ before: CalibrationStudy.Figures, _ after: CalibrationStudy.Figures
  ) -> String {
    let figures = [("the model", before), ("fitted", after)].map { name, figures in
      "\(name)\n" + String(format: "  loss %.4f\n  calibration error %.4f\n", figures.loss, figures.calibrationError)
        + "  numbers right \(figures.right.hits) of \(figures.right.count)\n"
    }
    return "fitted on \(study.summary); measured by five-fold cross-validation:\n" + figures.joined()
  }

  /// The model's file with another calibration and the next ordinal among models.
  private func model(with calibration: Calibration) throws -> [UInt8] {
    let bytes = try networks.model.map { try ExpandedFile.read(path: $0, limit: 256 << 20) }
    var tensors = try Safetensors(bytes ?? Model.shippedFile)
    let weights = zip(Hypothesis.featureNames, calibration.weights).map { (key: $0, json: "\($1)") }
    tensors.metadata["calibration"] = JSON.object(weights)
    tensors.metadata[Self.mark] = Version.current
    tensors.metadata["sequence"] = Model.nextSequence(after: tensors.metadata["sequence"])
    return try tensors.file
  }
}
