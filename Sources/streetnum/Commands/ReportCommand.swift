import ArgumentParser
import Foundation
import Pipeline

/// `streetnum report`: writes one HTML file about a database.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Write a report on a database as one HTML file, to mail or to archive.",
    discussion: """
      Contains counts, rejected members and the reasons, a histogram of confidence, the numbers of highest and lowest \
      confidence with their pictures, the speed, and the last runs. The page loads no other file and runs no script. \
      `streetnum nightly --report FILE.html` writes such a report on one night.

      Exit codes: 0 written; 64 the file would replace an input or a file that streetnum did not write; 66 there is no such database.

      Example:
        streetnum report --within 24h -o report.html
      """)

  @Option(help: ArgumentHelp("The database.", valueName: "file"), completion: .file())
  var db = "streetnum.sqlite"

  @Option(name: [.short, .long], help: ArgumentHelp("The report to write.", valueName: "file"), completion: .file())
  var output: String

  @Option(help: ArgumentHelp("Cover only what was read within this time: 90m, 24h.", valueName: "time"))
  var within: Seconds?

  @OptionGroup var confidence: ConfidenceOption

  func run() throws {
    try streetnum.run {
      let file = OutputFile(path: output, kind: .report)
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
  /// A time in the database's notation.
  static func time(_ date: Date) -> String {
    date.formatted(.iso8601.year().month().day().time(includingFractionalSeconds: true))
  }
}
