import ArgumentParser
import Foundation
import Pipeline

/// The report on a night or a database as one HTML file that loads no other: for mail, paper and telephones.
struct LedgerPage {
  /// Numbers that are shown with their crops.
  struct Gallery {
    var surest: [NumberCard] = []
    var leastSure: [NumberCard] = []
  }

  /// The first bytes of the file, by which an earlier report is recognised.
  static let beginning = "<!DOCTYPE html>\n<!-- streetnum report -->\n"

  private let database: String
  private let overview: LedgerOverview
  private let gallery: Gallery
  private let night: NightReport?
  private let scope: String
  private let madeAt = Date()

  /// Makes a report on a database or the part that `scope` describes; with `night`, also on what that night read.
  init(database: String, scope: String, _ overview: LedgerOverview, _ gallery: Gallery, night: NightReport? = nil) {
    (self.database, self.scope, self.overview) = (database, scope, overview)
    (self.gallery, self.night) = (gallery, night)
  }

  /// The whole HTML file.
  var html: String {
    let title = night == nil ? "House numbers" : "The night's house numbers"
    return Self.beginning + """
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
      <meta name="color-scheme" content="light dark">
      <title>\(title): \(markup(name))</title>
      <style>
      \(Self.style)
      </style>
      </head>
      <body>
      <header>
      <h1>\(title)</h1>
      <p class="faint"><bdi>\(markup(name))</bdi>, \(markup(scope)); made \(markup(madeAt.formatted(.iso8601))) by
      streetnum \(Version.current)</p>
      \(banner)
      </header>
      <main>
      \(tiles)
      \(nightSection)
      \(histogramSection)
      \(failureSection)
      \(gallerySection("The surest numbers", gallery.surest, "What a number looks like that is almost certainly right."))
      \(gallerySection("The least sure numbers", gallery.leastSure, "Of those that a query shows: look whether they are right."))
      \(runSection)
      </main>
      </body>
      </html>

      """
  }

  private var name: String { URL(fileURLWithPath: database).lastPathComponent }

  private var banner: String {
    guard let night else { return "" }
    let code = "exit code \(night.exitCode)"
    return night.exitCode == 0
      ? "<p class=\"banner good\">All is well <span>\(code)</span></p>"
      : "<p class=\"banner bad\">Needs attention <span>\(code)</span></p>"
        + (night.reason.map { "<p>The run ended early: \(markup($0.message)) <code>\(markup($0.id))</code></p>" } ?? "")
  }

  private var tiles: String {
    let members = overview.members
    var tiles = [
      (Self.spaced(members.done), "pictures read"),
      (Self.spaced(overview.numbers(from: 5_000)), "numbers of confidence 0.50 or more"),
      (Self.spaced(members.rejected), "members rejected"), (Self.spaced(members.ignored), "members ignored"),
      (Self.spaced(overview.completeSources + overview.unfinishedSources), sources),
      (String(format: "%.0f", overview.pixels / 1e6), "megapixels"),
    ]
    if overview.seconds > 0, overview.timedPictures > 0 {
      let speed = Double(overview.timedPictures) / overview.seconds
      tiles.append((String(format: speed < 10 ? "%.2f" : "%.0f", speed), "pictures a second"))
    }
    let cells = tiles.map { "<div><b>\($0.0)</b><span>\($0.1)</span></div>" }
    return "<section class=\"tiles\">\(cells.joined())</section>"
  }

  private var sources: String {
    overview.unfinishedSources > 0 ? "sources, \(overview.unfinishedSources) not finished" : "sources"
  }

  private var nightSection: String {
    guard let night else { return "" }
    let shown = night.entries.filter { $0.outcome != .ignored }.sorted { $0.isTrouble && !$1.isTrouble }
    guard !shown.isEmpty else {
      let isWhole = [ExitCode.success, .rejected].map { Int($0.rawValue) }.contains(night.exitCode)
      let nothing = isWhole ? "Nothing was in it." : "The run ended before a file in it was read."
      return "<section><h2>The inbox</h2><p>\(nothing)</p></section>"
    }
    let items = shown.map { entry -> String in
      let counts =
        "\(entry.done) done, \(entry.rejected) rejected, \(entry.ignored) ignored, "
        + counted(entry.numbers, "number")
      let time = String(format: "%.1f s", entry.seconds)
      let reason = entry.reason.map { "<p>\(markup($0.message)) <code>\(markup($0.id))</code></p>" } ?? ""
      let outcome = entry.outcome.rawValue.replacingOccurrences(of: "_", with: " ")
      return """
        <li class="\(entry.isTrouble ? "bad" : "good")"><b><bdi>\(markup(entry.name))</bdi></b> <span class="tag">\(outcome)</span>
        <p class="faint">\(counts); \(time); now at <bdi>\(markup(entry.path))</bdi></p>\(reason)</li>
        """
    }
    let seconds = Int(night.endedAt.timeIntervalSince(night.startedAt).rounded())
    return """
      <section><h2>The inbox</h2>
      <p class="faint"><bdi>\(markup(night.inbox))</bdi>, from \(markup(night.startedAt.formatted(.iso8601))), \(seconds) s</p>
      <ul class="list">\(items.joined(separator: "\n"))</ul></section>
      """
  }

  private var histogramSection: String {
    let total = overview.histogram.reduce(0, +)
    guard total > 0 else { return "<section><h2>Confidence</h2><p>No number was read.</p></section>" }
    let sure = overview.numbers(from: 9_000)
    return """
      <section><h2>Confidence</h2>
      <p class="faint">\(Self.spaced(total)) numbers of any confidence; \(Self.spaced(overview.numbers(from: 5_000))) have 0.50
      or more, which a query shows, and \(Self.spaced(sure)) have 0.90 or more.</p>
      \(ConfidenceHistogram(counts: overview.histogram).svg)</section>
      """
  }

  private var failureSection: String {
    let heading = "<section><h2>What was not read, and why</h2>"
    guard !overview.reasons.isEmpty || !overview.failures.isEmpty else {
      let untouched =
        night?.entries.contains { $0.isTrouble } == true ? " What was passed over or failed is listed above." : ""
      let nothing = overview.members.total == 0
      return heading + "<p>\(nothing ? "No member was read." : "Every member was read.")\(untouched)</p></section>"
    }
    let counts = overview.reasons.map { reason in
      "<tr><td><code>\(markup(reason.id))</code></td><td>\(reason.isRejected ? "rejected" : "ignored")</td>"
        + "<td class=\"number\">\(Self.spaced(reason.count))</td></tr>"
    }
    let table =
      counts.isEmpty
      ? "" : "<table><tr><th>Reason</th><th>Members</th><th class=\"number\">Count</th></tr>\(counts.joined())</table>"
    let items = overview.failures.map { failure in
      let name = failure.member.map { "<bdi>\(markup($0))</bdi> <span class=\"faint\">in</span> " } ?? ""
      let message = Hint.text(failure.message, for: failure.reason)
      return "<li class=\"bad\"><b>\(name)<bdi>\(markup(failure.source))</bdi></b><p>\(markup(message)) "
        + "<code>\(markup(failure.reason))</code></p></li>"
    }
    let all = overview.members.rejected
    let named = overview.failures.count { $0.member != nil }
    let more = all > named ? "<p class=\"faint\">and \(Self.spaced(all - named)) more rejected members</p>" : ""
    return heading + table + "<ul class=\"list\">\(items.joined(separator: "\n"))</ul>\(more)</section>"
  }

  private func gallerySection(_ title: String, _ cards: [NumberCard], _ words: String) -> String {
    guard !cards.isEmpty else { return "" }
    return """
      <section><h2>\(title)</h2><p class="faint">\(words)</p>
      <div class="cards">\(cards.map(\.html).joined(separator: "\n"))</div></section>
      """
  }

  private var runSection: String {
    // The night that writes this report has not ended yet; the banner reports it.
    let runs = overview.runs.filter { night == nil || $0.seconds != nil }
    guard !runs.isEmpty else { return "" }
    let rows = runs.map { run in
      let took = run.seconds.map { String(format: $0 < 100 ? "%.1f s" : "%.0f s", $0) } ?? "not ended"
      let time = run.startedAt.prefix(16).replacing("T", with: " ")
      return "<tr><td>\(markup(String(time)))</td><td>\(markup(run.command))</td><td class=\"number\">\(took)</td>"
        + "<td class=\"number\">\(run.exitCode.map(String.init) ?? "")</td></tr>"
    }
    return """
      <section><h2>The last runs</h2>
      <table><tr><th>Began (UTC)</th><th>Command</th><th class="number">Took</th><th class="number">Exit</th></tr>
      \(rows.joined(separator: "\n"))</table></section>
      """
  }

  /// A count with spaces between thousands.
  private static func spaced(_ count: Int) -> String { grouped(count, by: "\u{202F}") }
}
