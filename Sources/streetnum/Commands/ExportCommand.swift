import ArgumentParser
import Pipeline

/// `streetnum export`: all numbers, in an order that depends on the photographs alone.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write all numbers out, for other programs.",
    discussion: """
      Sorted by archive, ordinal, falling confidence, box: the same photographs give the same bytes, whatever was \
      interrupted, repeated or done at once.

      With --labels it writes no numbers, but what the pictures show that a reviewer has marked as complete, as labels for \
      `streetnum evaluate` and for training: scenes with all their numbers, or with --single photographs with their one number.
      """)

  @Option(help: ArgumentHelp("The database.", valueName: "file"), completion: .file())
  var db = "streetnum.sqlite"

  @OptionGroup var model: ModelOption

  @OptionGroup var confidence: ConfidenceOption

  @Option(help: "How to write them.")
  var format = OutputFormat.ndjson

  @OptionGroup var fields: FieldsOption

  @OptionGroup var reviewed: ReviewedOption

  @Flag(help: "Write labels of the pictures that reviewers have marked as complete.")
  var labels = false

  @Flag(help: "Of these, write photographs alone that show one number.")
  var single = false

  func validate() throws {
    guard labels || !single else { throw ValidationError("--single goes with --labels") }
    guard !labels || fields.fields == nil && !reviewed.reviewed && format == .ndjson && model.model == nil else {
      throw ValidationError("--labels goes with --single and --db alone")
    }
  }

  func run() throws {
    try streetnum.run {
      let store = try Store.open(path: db, mode: .read)
      let output = StandardOutput()
      try labels ? write(labelsOf: store, to: output) : write(numbersOf: store, to: output)
      try output.flush()
      try store.close()
    }
  }

  private func write(numbersOf store: Store, to output: StandardOutput) throws {
    let fields = reviewed.fields(fields, in: format)
    let writer = format.writer(of: fields, to: output.write)
    var query = NumberQuery()
    (query.model, query.minimumConfidence) = (model.model, confidence.least)
    query.withProvenance = fields.contains(where: \.isProvenance)
    query.reviewed = reviewed.reviewed
    try store.forEachNumber(matching: query, writer.write)
    try writer.end()
  }

  private func write(labelsOf store: Store, to output: StandardOutput) throws {
    let elsewhere = try store.forEachLabelledPicture { picture in
      let line = single ? LabelFormat.photograph(picture) : LabelFormat.scene(picture)
      if let line { try output.write(line) }
    }
    if elsewhere > 0 {
      Diagnostics.line(
        "complete, and not written because the database has no such picture: \(counted(elsewhere, "picture"))")
    }
  }
}
