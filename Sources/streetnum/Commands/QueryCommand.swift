import ArgumentParser
import Pipeline

/// `streetnum query`: finds the photographs that show a number.
struct QueryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "query",
    abstract: "Find the photographs that show a house number.",
    discussion: """
      Prints each number with its photograph, its box in pixels and its confidence. Without conditions, all numbers are \
      printed. In a pattern, * stands for any text and ? for any one character; quote patterns from the shell.

      Examples:
        streetnum query --number 27
        streetnum query --pattern '1?7*' --min-confidence 0.9 --format csv
      """)

  @Option(help: ArgumentHelp("The database.", valueName: "file"), completion: .file())
  var db = "streetnum.sqlite"

  @Option(help: ArgumentHelp("Only this number; 007 is not 7.", valueName: "digits"))
  var number: String?

  @Option(help: ArgumentHelp("Only numbers that begin with these digits.", valueName: "digits"))
  var prefix: String?

  @Option(help: ArgumentHelp("Only numbers that match a pattern, such as '1?7*'.", valueName: "pattern"))
  var pattern: String?

  /// The name of `--pattern` in version 0.1.0.
  @Option(help: .hidden)
  var like: String?

  @Option(help: ArgumentHelp("Only images whose name in the archive matches.", valueName: "pattern"))
  var image: String?

  @Option(help: ArgumentHelp("Only archives whose name matches.", valueName: "pattern"))
  var archive: String?

  @OptionGroup var places: PlaceOptions

  @OptionGroup var model: ModelOption

  @OptionGroup var confidence: ConfidenceOption

  @Option(help: ArgumentHelp("Maximum number of results.", valueName: "count"))
  var limit: Int?

  @Option(help: "Output format.")
  var format = PrintedFormat.text(.table)

  @OptionGroup var printing: PrintingOptions

  func validate() throws {
    for (name, text) in [("number", number), ("prefix", prefix)] {
      guard let text, !text.allSatisfy({ ("0"..."9").contains($0) }) else { continue }
      throw ValidationError("--\(name) takes digits only; --pattern takes a pattern")
    }
    if pattern != nil, like != nil { throw ValidationError("--like is the older name of --pattern; give one of them") }
    if let limit, limit < 0 { throw ValidationError("--limit can't be less than 0.") }
    try printing.check(format)
  }

  func run() throws {
    try streetnum.run {
      try printing.write(query, of: db, as: format)
    }
  }

  private var query: NumberQuery {
    var query = NumberQuery()
    (query.number, query.prefix, query.like) = (number, prefix, pattern ?? like)
    (query.image, query.archive, query.limit) = (image, archive, limit)
    (query.model, query.minimumConfidence) = (model.model, confidence.least)
    places.set(in: &query)
    return query
  }
}
