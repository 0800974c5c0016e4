import ArgumentParser
import DigitNet
import Foundation
import Pipeline

/// `streetnum evaluate`: measures the reader's accuracy on labelled photographs.
struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Measure the accuracy on labelled photographs.",
    discussion: """
      Reads the inputs as ingest does, stores nothing, and compares the results with labels: one JSON object a line. A file \
      of labels describes either photographs with one number each, or scenes with any count of numbers:

        {"file": "1.png", "number": "19"}
        {"file": "a/2.jpg", "width": 4000, "height": 3000,
         "numbers": [{"text": "19", "box": [30, 40, 52, 28]}]}

      (on one line; "numbers": [] where there is none). A photograph may have "digits": [{"digit": 1, "box": [...]}, ...]. \
      Boxes are [left, top, width, height] in whole pixels of the upright picture. A label belongs to the picture of the \
      same path in its archive or folder, else to that of the same base name where only one label has it; one with "sha256" \
      belongs to the picture of these bytes alone, whatever its name.

      PHOTOGRAPHS: the number of highest confidence, however low (0.05 or more), is right if it equals the label, digit for \
      digit. Coverage at 98 % is the largest share of photographs, by falling confidence, of which 98 % are right. The \
      calibration error uses 15 bins of equal mass. Digits are right if their boxes have an intersection over union (IoU) \
      of 0.5 or more. SCENES: numbers of --min-confidence or more are right if they have the label's text and an IoU of 0.5 \
      or more. Intervals are Wilson's, 95 %.

      --json prints one object. For photographs: photographs, accuracy, accuracy_interval, answered, coverage_at_98, \
      calibration_error, accuracy_by_length (share and count), false_per_photograph, digit_precision, digit_recall, \
      digit_f1, all over numbers of any confidence; and false_per_photograph_at_default, digit_precision_at_default and so \
      on over those of default_confidence, which is --min-confidence. For scenes: scenes, numbers, precision, recall, \
      recall_interval, false_per_scene, false_per_megapixel, default_confidence. For both: missing, rejected (labelled \
      photographs that were not found, or could not be read: both count as unanswered), unlabelled, model.

      --pictures writes coverage.svg, reliability.svg, confusion.svg, and errors.html: every error with its photograph, \
      highest confidence first.

      Exit codes: 0 measured, whatever the figures; 3 measured, but something was rejected; 65, 66 the labels, or the only \
      input, are unusable or missing.

      Example:
        streetnum evaluate --labels labels.jsonl --pictures errors photographs.tar
      """)

  @Argument(
    help: ArgumentHelp("Archives, folders or pictures to read.", valueName: "input"), completion: .file())
  var inputs: [String]

  @Option(help: ArgumentHelp("The labels, as JSON lines.", valueName: "file"), completion: .file())
  var labels: String

  @OptionGroup var confidence: ConfidenceOption

  @Flag(help: "Print one JSON object instead of a table.")
  var json = false

  @Option(
    help: ArgumentHelp("Write charts and a page of all errors into a folder.", valueName: "folder"),
    completion: .directory)
  var pictures: String?

  @OptionGroup var sources: SourceOptions

  @Flag(name: [.short, .long], help: "Print the reason for every rejected or ignored member.")
  var verbose = false

  func validate() throws {
    guard !inputs.isEmpty else { throw ValidationError("Name at least one archive, folder or picture") }
    guard pictures == nil || !inputs.contains("-") else {
      throw ValidationError("--pictures reads the photographs twice, which is impossible with -; name a file")
    }
  }

  func run() throws {
    try streetnum.run {
      try sources.checkShortage()
      let labelled = try Labels(path: labels)
      let (loaded, reader) = try sources.reading.load()
      let folder = try pictures.map {
        try OutputFolder(
          path: $0, files: ["coverage.svg", "reliability.svg", "confusion.svg", "errors.html"],
          inputs: inputs + [labels, sources.reading.model].compactMap(\.self))
      }
      let (findings, code) = try read(labelled, loaded, reader)
      try say(findings)
      let report: any EvaluationReport =
        switch findings.labels {
        case .photographs(let photographs): PhotographReport(photographs, findings, confidence: confidence.least)
        case .scenes(let scenes): SceneReport(scenes, findings, confidence: confidence.least)
        }
      try print(report, findings, loaded)
      if let folder { try draw(report, findings, into: folder) }
      if code != .success { throw code }
    }
  }

  /// Reads the inputs. The exit code reports pictures that could not be read.
  private func read(_ labels: Labels, _ loaded: LoadedModel, _ reader: NumberReader) throws -> (Findings, ExitCode) {
    var findings = Findings(labels: labels)
    let store = try Store.temporary()
    let progress = ProgressReport(verbose: verbose)
    defer { progress.clear() }
    var options = sources.ingestOptions
    options.crops = false
    let ingest = Ingest(
      store: store, reader: reader, method: loaded.method(reader, options), options: options,
      watch: progress.take)
    let code = try ingest.run(inputs: inputs, progress: progress)
    try store.forEachMember { name, sha256, state in findings.take(name, sha256: sha256, state) }
    var query = NumberQuery()
    (query.minimumConfidence, query.withProvenance) = (0, true)
    try store.forEachNumber(matching: query) { found in findings.take(found) }
    try store.close()
    progress.end()
    return (findings, code)
  }

  /// Prints which labels and pictures do not match; throws where none match.
  private func say(_ findings: Findings) throws {
    let files = findings.labels.files
    guard findings.missing.count < files.count else {
      throw LabelsError(
        .noMatch,
        "No label belongs to a picture of the inputs: the labels name \(files[0]), the inputs hold "
          + "\(findings.unlabelled.first ?? "no picture"); `file` is the picture's name in its archive or folder",
        path: labels)
    }
    func line(_ what: String, _ names: [String], _ of: String) {
      guard !names.isEmpty else { return }
      let shown = names.prefix(verbose ? names.count : 3).joined(separator: ", ")
      Diagnostics.line("\(what): \(names.count) \(of): \(shown)\(names.count > 3 && !verbose ? ", ..." : "")")
    }
    let labelled = "of \(counted(files.count, "labelled photograph"))"
    line("not in the inputs, counted as unanswered", findings.missing.map { files[$0] }, labelled)
    line("rejected, counted as unanswered", findings.rejected.map { files[$0] }, labelled)
    line("in the inputs more than once, their numbers combined", findings.ambiguous.map { files[$0] }, labelled)
    line("without a label, not scored", findings.unlabelled, "of the pictures")
  }

  private func print(_ report: any EvaluationReport, _ findings: Findings, _ loaded: LoadedModel) throws {
    let output = StandardOutput()
    if json {
      let more: [(key: String, json: String)] = [
        ("missing", "\(findings.missing.count)"), ("rejected", "\(findings.rejected.count)"),
        ("unlabelled", "\(findings.unlabelled.count)"), ("model", JSON.string(loaded.id)),
      ]
      try output.write(JSON.object(report.fields + more) + "\n")
    } else {
      let model = "\(loaded.model.name) (\(loaded.id.prefix(12)))"
      try output.say("\(report.subject) of \(origin), read with \(printable(model))\n\n")
      try output.write(report.table(columns: TerminalWidth.output))
    }
    try output.flush()
  }

  /// The file name of the labels on one line; a long name is cut.
  private var origin: String {
    let name = printable(URL(fileURLWithPath: labels).lastPathComponent)
    return name.count > 40 ? "\(name.prefix(39))…" : name
  }

  private func draw(_ report: any EvaluationReport, _ findings: Findings, into folder: OutputFolder) throws {
    for (file, svg) in report.charts(origin: origin) { try folder.write(svg, as: file) }
    var sheet = ErrorSheet(report.mistakes, findings)
    for input in inputs {
      do {
        try Source(path: input).forEachImage(where: sheet.wants, options: sources.ingestOptions) {
          name, sha256, image in
          sheet.take(name, sha256: sha256, image)
        }
      } catch is SourceError {
        // The first reading reported it; the sheet says which photographs are missing.
      }
    }
    try folder.write(sheet.html(origin: "\(report.subject) of \(origin)"), as: "errors.html")
  }
}
