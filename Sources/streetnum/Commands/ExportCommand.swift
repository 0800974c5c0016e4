import ArgumentParser
import Pipeline

/// `streetnum export`: all numbers, in an order that depends on the photographs alone.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Export all numbers, for other programs.",
    discussion: """
      Rows are sorted by archive, ordinal, falling confidence and box. The same photographs give the same bytes, even if \
      runs were interrupted, repeated or run in parallel.

      Examples:
        streetnum export > numbers.ndjson
        streetnum export --format csv --fields +model,read_at > numbers.csv
      """)

  @Option(help: ArgumentHelp("The database.", valueName: "file"), completion: .file())
  var db = "streetnum.sqlite"

  @OptionGroup var model: ModelOption

  @OptionGroup var confidence: ConfidenceOption

  @Option(help: "Output format.")
  var format = OutputFormat.ndjson

  @OptionGroup var fields: FieldsOption

  func run() throws {
    try streetnum.run {
      let store = try Store.open(path: db, mode: .read)
      let output = StandardOutput()
      let fields = fields.fields(in: format)
      let writer = format.writer(of: fields, to: output.write)
      var query = NumberQuery()
      (query.model, query.minimumConfidence) = (model.model, confidence.least)
      query.withProvenance = fields.contains(where: \.isProvenance)
      try store.forEachNumber(matching: query, writer.write)
      try writer.end()
      try output.flush()
      try store.close()
    }
  }
}
