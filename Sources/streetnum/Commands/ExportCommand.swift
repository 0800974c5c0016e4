import ArgumentParser
import Pipeline

/// `streetnum export`: all numbers, in an order that depends on the photographs alone.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Export all numbers, for other programs.",
    discussion: """
      Rows are sorted by archive, ordinal, falling confidence and box. The same photographs give the same bytes, even if \
      runs were interrupted, repeated or run in parallel. The map formats (geojson, gpx, osm, geopackage) hold only numbers \
      whose photographs have a position; the others are counted on standard error.

      Examples:
        streetnum export > numbers.ndjson
        streetnum export --format csv --fields +model,read_at > numbers.csv
        streetnum export --format geopackage -o numbers.gpkg
      """)

  @Option(help: ArgumentHelp("The database.", valueName: "file"), completion: .file())
  var db = "streetnum.sqlite"

  @OptionGroup var model: ModelOption

  @OptionGroup var confidence: ConfidenceOption

  @Option(help: "Output format.")
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
