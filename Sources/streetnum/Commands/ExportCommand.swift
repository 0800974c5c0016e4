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
      """)

  @Option(help: ArgumentHelp("The database.", valueName: "file"), completion: .file())
  var db = "streetnum.sqlite"

  @OptionGroup var model: ModelOption

  @OptionGroup var confidence: ConfidenceOption

  @Option(help: "How to write them.")
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
