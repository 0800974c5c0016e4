import ArgumentParser
import Pipeline

/// `streetnum query`: which photographs show a number, where, how sure.
struct QueryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "query",
    abstract: "Say which photographs show a house number, where, and how sure that is.",
    discussion: """
      Patterns know * for any text and ? for any one character; quote them from the shell.
      Without conditions every number is given.
      """)

  @Option(help: ArgumentHelp("The database.", valueName: "file"), completion: .file())
  var db = "streetnum.sqlite"

  @Option(help: "Exactly this number; 007 is not 7.")
  var number: String?

  @Option(help: "Numbers that begin with these digits.")
  var prefix: String?

  @Option(help: ArgumentHelp("Numbers that match a pattern, such as '1?7*'.", valueName: "pattern"))
  var like: String?

  @Option(help: ArgumentHelp("Images whose name in the archive matches.", valueName: "pattern"))
  var image: String?

  @Option(help: ArgumentHelp("Archives whose name matches.", valueName: "pattern"))
  var archive: String?

  @OptionGroup var model: ModelOption

  @OptionGroup var confidence: ConfidenceOption

  @Option(help: ArgumentHelp("At most so many numbers.", valueName: "count"))
  var limit: Int?

  @Option(help: "How to print them.")
  var format = OutputFormat.table

  @OptionGroup var fields: FieldsOption

  @OptionGroup var reviewed: ReviewedOption

  func validate() throws {
    for (name, text) in [("number", number), ("prefix", prefix)] {
      guard let text, !text.allSatisfy({ ("0"..."9").contains($0) }) else { continue }
      throw ValidationError("--\(name) takes digits alone, as numbers have; --like takes a pattern")
    }
    if let limit, limit < 0 { throw ValidationError("--limit can't be less than 0.") }
  }

  func run() throws {
    try streetnum.run {
      let store = try Store.open(path: db, mode: .read)
      let output = StandardOutput()
      let writer = format.writer(of: chosen, to: output.write)
      try store.forEachNumber(matching: query, writer.write)
      try writer.end()
      try output.flush()
      try store.close()
    }
  }

  private var chosen: [NumberField] { reviewed.fields(fields, in: format) }

  private var query: NumberQuery {
    var query = NumberQuery()
    (query.number, query.prefix, query.like) = (number, prefix, like)
    (query.image, query.archive, query.limit) = (image, archive, limit)
    (query.model, query.minimumConfidence) = (model.model, confidence.least)
    query.withProvenance = chosen.contains(where: \.isProvenance)
    query.reviewed = reviewed.reviewed
    return query
  }
}
