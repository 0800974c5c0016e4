import StreetCore
import StreetLedger

/// The page of sources and their results.
struct SourcesPage {
  let form: WebForm
  let sources: Store.Page<BrowsedSource>

  var html: HTML {
    let rows: [HTML] = sources.rows.map { source in
      """
      <tr><td class="long"><a href="/?archive=\(WebForm.encoded(source.name))">\(source.name)</a></td><td>\(source.kind)</td>
      <td class="number">\(source.memberCount.map { grouped($0) } ?? "–")</td><td class="number">\(grouped(source.numberCount))</td>
      <td>\(source.completedAt.map(ListTable.time) ?? "not complete")</td><td class="long">\(source.reason.map(ListTable.reason) ?? .empty)</td></tr>

      """
    }
    let table = ListTable(
      columns: ["Source", "Kind", "Members", "Numbers of any confidence", "Read", "Not whole because"],
      numeric: [2, 3], rows: rows,
      empty: "No source was read.", next: sources.next.map { "/sources?" + form.with("cursor", $0).encoded })
    return PageFrame(title: "Sources", place: .sources).html(
      """
      <section><div class="bar"><h1>Sources</h1><form class="typed" method="get" action="/sources" role="search" aria-label="Sources">
      <label><span>Name</span><input type="search" name="archive" value="\(form["archive"] ?? "")" placeholder="part of it"></label>
      <button>Search</button></form></div>\(table.html)</section>
      """)
  }
}

/// The page of rejected members and the reasons.
struct RejectedPage {
  let form: WebForm
  let members: Store.Page<BrowsedMember>

  var html: HTML {
    let rows: [HTML] = members.rows.map { member in
      """
      <tr><td class="long">\(member.image)</td><td class="long">\(member.archive)</td><td class="number">\(member.ordinal)</td>
      <td class="long">\(member.reason.map(ListTable.reason) ?? .empty)</td></tr>

      """
    }
    let table = ListTable(
      columns: ["Member", "Source", "Place", "Reason"], numeric: [2], rows: rows, empty: "Nothing was rejected.",
      next: members.next.map { "/rejected?" + form.with("cursor", $0).encoded })
    return PageFrame(title: "Rejected", place: .rejected).html(
      """
      <section><div class="bar"><h1>Rejected members</h1><form class="typed" method="get" action="/rejected" role="search" \
      aria-label="Rejected members">
      <label><span>Reason</span><input type="search" name="reason" value="\(form["reason"] ?? "")" placeholder="image.*"></label>
      <label><span>Source</span><input type="search" name="archive" value="\(form["archive"] ?? "")" placeholder="part of its name"></label>
      <button>Search</button></form></div>\(table.html)</section>
      """)
  }
}

/// The page of runs on the database.
struct RunsPage {
  let runs: [LedgerOverview.PastRun]

  var html: HTML {
    let rows: [HTML] = runs.map { run in
      """
      <tr><td>\(run.command)</td><td>\(ListTable.time(run.startedAt))</td>
      <td class="number">\(run.seconds.map { "\(Int($0.rounded())) s" } ?? "–")</td>
      <td>\(run.exitCode.map { $0 == -1 ? "killed" : $0 == 0 ? "ended well (0)" : "ended with \($0)" } ?? "running, or killed")</td></tr>

      """
    }
    let table = ListTable(
      columns: ["Command", "Begun", "Took", "How it ended"], numeric: [2], rows: rows, empty: "There was no run.",
      next: nil)
    return PageFrame(title: "Runs", place: .runs).html("<section><h1>Runs</h1>\(table.html)</section>")
  }
}

/// A table that may be one page of a longer list.
struct ListTable {
  let columns: [String]
  /// The indices of numeric columns.
  let numeric: Set<Int>
  let rows: [HTML]
  /// The text for an empty table.
  let empty: String
  /// The address of the next page.
  let next: String?

  var html: HTML {
    if rows.isEmpty { return "<p>\(empty)</p>" }
    let heads: [HTML] = columns.enumerated().map { index, name in
      "<th scope=\"col\"\(numeric.contains(index) ? " class=\"number\"" : "" as HTML)>\(name)</th>"
    }
    let more: HTML =
      next.map { "<p class=\"more\"><a class=\"button\" rel=\"next\" href=\"\($0)\">Next page</a></p>" } ?? ""
    return """
      <div class="scroll" tabindex="0" role="region" aria-label="Table"><table><thead><tr>\(heads)</tr></thead>
      <tbody>\(rows)</tbody></table></div>\(more)
      """
  }

  /// A time to the minute.
  static func time(_ text: String) -> String { text.prefix(16).replacing("T", with: " ") + " UTC" }

  static func reason(_ reason: Reason) -> HTML { "\(reason.message) <code>\(reason.id)</code>" }
}
