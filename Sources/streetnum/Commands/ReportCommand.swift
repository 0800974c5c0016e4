import ArgumentParser
import Foundation
import Pipeline

/// `streetnum report`: one HTML file about a database.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Write a report about a database as one HTML file, to mail or to archive.",
    discussion: """
      Counts, what was rejected and why, a histogram of confidence, the surest and the least sure numbers with their \
      pictures, speed, and the last runs. The file loads nothing and runs nothing. `streetnum nightly --report FILE.html` \
      writes one about the night.

      Exit codes: 0 written; 64 the file would replace an input or something that is no text; 66 there is no such database.
      """)

  @Option(help: ArgumentHelp("The database.", valueName: "file"), completion: .file())
  var db = "streetnum.sqlite"

  @Option(name: [.short, .long], help: ArgumentHelp("Where the report goes.", valueName: "file"), completion: .file())
  var output: String

  @Option(help: ArgumentHelp("Report what was read within this time alone: 90m, 24h.", valueName: "time"))
  var within: Seconds?

  @OptionGroup var confidence: ConfidenceOption

  func run() throws {
    try streetnum.run {
      let file = OutputFile(path: output)
      try file.check()
      try file.check(against: Store.files(at: db))
      let store = try Store.open(path: db, mode: .read)
      let since = within.map { LedgerPage.time(Date(timeIntervalSinceNow: -$0.count)) }
      let page = LedgerPage(
        database: db, scope: since.map { "what was read since \($0)" } ?? "all that was read",
        try store.overview(since: since),
        try LedgerPage.Gallery(of: store, from: confidence.least, since: since))
      try store.close()
      try file.write(page.html)
    }
  }
}

extension LedgerPage {
  /// A time as the database writes it.
  static func time(_ date: Date) -> String {
    date.formatted(.iso8601.year().month().day().time(includingFractionalSeconds: true))
  }
}
