import ArgumentParser
import Pipeline

/// `streetnum export`: all numbers, in an order that depends on the photographs alone.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write all numbers out, for other programs.",
    discussion: """
      Sorted by archive, ordinal, falling confidence, box: the same photographs give the same bytes, whatever was \
      interrupted, repeated or done at once. The formats of maps (geojson, gpx, osm, geopackage) take those numbers alone \
      whose photographs have a position; the others are counted on standard error.
      """)

  @Option(help: ArgumentHelp("The database.", valueName: "file"), completion: .file())
  var db = "streetnum.sqlite"

  @OptionGroup var model: ModelOption

  @OptionGroup var confidence: ConfidenceOption

  @Option(help: "How to write them.")
  var format = PrintedFormat.text(.ndjson)

  @OptionGroup var printing: PrintingOptions

  func validate() throws { try printing.check(format) }

  func run() throws {
    try streetnum.run {
      var query = NumberQuery()
      (query.model, query.minimumConfidence) = (model.model, confidence.least)
      try printing.write(query, of: db, as: format)
    }
  }
}
