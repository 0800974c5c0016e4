import ArgumentParser
import Pipeline

/// `streetnum export`: prints all numbers, in an order that depends on the photographs alone.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Export all numbers, for other programs.",
    discussion: """
      Rows are sorted by archive, ordinal, falling confidence and box. The same photographs give the same bytes, even if \
      runs were interrupted, repeated or run in parallel. The map formats (geojson, gpx, osm, geopackage) hold only numbers \
      whose photographs have a position; the others are counted on standard error.

      --labels exports labels instead of numbers, for `streetnum evaluate` and for training: one scene for each picture that \
      a reviewer marked as complete, or with --single one photograph for each of them that shows exactly one number.

      Examples:
        streetnum export > numbers.ndjson
        streetnum export --format csv --fields +model,read_at > numbers.csv
        streetnum export --format geopackage -o numbers.gpkg
        streetnum export --reviewed > corrected.ndjson
        streetnum export --labels > labels.jsonl
      """)

  @Option(help: ArgumentHelp("The database.", valueName: "file"), completion: .file())
  var db = "streetnum.sqlite"

  @OptionGroup var model: ModelOption

  @OptionGroup var confidence: ConfidenceOption

  @Option(help: "Output format.")
  var format = PrintedFormat.text(.ndjson)

  @OptionGroup var printing: PrintingOptions

  @Flag(help: "Export labels of the pictures that reviewers marked as complete.")
  var labels = false

  @Flag(help: "Export only pictures that show exactly one number.")
  var single = false

  func validate() throws {
    guard labels || !single else { throw ValidationError("--single needs --labels") }
    guard
      !labels || printing.isUntouched && format == .text(.ndjson) && model.model == nil && confidence.given == nil
    else {
      throw ValidationError("--labels takes no other options than --single and --db")
    }
    try printing.check(format)
  }

  func run() throws {
    try streetnum.run {
      try labels ? writeLabels() : writeNumbers()
    }
  }

  private func writeNumbers() throws {
    var query = NumberQuery()
    (query.model, query.minimumConfidence) = (model.model, confidence.least)
    try printing.write(query, of: db, as: format)
  }

  private func writeLabels() throws {
    let store = try Store.open(path: db, mode: .read)
    let output = StandardOutput()
    let elsewhere = try store.forEachLabelledPicture { picture in
      let line = single ? LabelFormat.photograph(picture) : LabelFormat.scene(picture)
      if let line { try output.write(line) }
    }
    if elsewhere > 0 {
      Diagnostics.line(
        "\(counted(elsewhere, "complete picture")) left out: the database no longer holds them")
    }
    try output.flush()
    try store.close()
  }
}
