import DigitNet
import StreetCore
import StreetLedger

/// The page for searching numbers.
struct NumbersPage {
  /// The search, as shown in the form.
  let form: WebForm
  let fields: NumberFields
  let found: BrowsePage
  let count: CappedCount
  let confidences: ConfidenceCounts

  var html: HTML {
    PageFrame(title: "Numbers", place: .browse, scripts: ["browse.js"]).html(
      """
      <h1 class="unseen">Numbers</h1>
      \(search)
      <p id="said" class="unseen" role="status"></p>
      <p id="unreachable" class="banner bad" role="alert" hidden>The server does not answer; what you see may be old.</p>
      <div id="results" class="split">\(results)</div>
      """)
  }

  /// The part of the page that changes while the user types.
  var fragment: HTML { "<!doctype html><title>Numbers</title><div id=\"results\">\(results)</div>" }

  private var search: HTML {
    """
    <section><form id="search" class="search" method="get" action="/" role="search" aria-label="Numbers" autocomplete="off">
    <label class="lead"><span>Number</span><input type="search" name="q" value="\(form["q"] ?? "")" placeholder="27, 1?7*"></label>
    <label><span>Match</span><select name="match">\(options([("", "begins with"), ("exact", "is exactly")], form["match"]))\
    </select></label>
    <label><span>Image</span><input type="search" name="image" value="\(form["image"] ?? "")" \
    placeholder="part of its name"></label>
    <label><span>Archive</span><input type="search" name="archive" value="\(form["archive"] ?? "")" \
    placeholder="part of its name"></label>
    <label class="small"><span>Confidence from</span><input type="number" name="min_confidence" min="0" max="1" step="0.01" \
    value="\(form["min_confidence"] ?? "")" placeholder="0.5"></label>
    <label class="small"><span>to</span><input type="number" name="max_confidence" min="0" max="1" step="0.01" \
    value="\(form["max_confidence"] ?? "")" placeholder="1"></label>
    <label class="small"><span>Review</span><select name="review">\(options(Self.reviews, form["review"]))</select></label>
    <label class="small"><span>Order</span><select name="order">\(options(Self.orders, form["order"]))</select></label>
    <label class="small tick"><input type="checkbox" name="reviewed" value="true"\(fields.isReviewed ? " checked" : "" as HTML)>\
    <span>Apply reviews</span></label>
    <div class="small buttons"><button class="main">Search</button><a class="button" href="/">Clear</a></div>
    </form></section>
    """
  }

  private static let reviews: [(String, String)] = [
    ("", "any"), ("unreviewed", "not reviewed"), ("reviewed", "reviewed"), ("confirmed", "confirmed"),
    ("corrected", "corrected"), ("not_a_number", "not a number"), ("added", "added"), ("differs", "reviewers differ"),
  ]

  private static let orders: [(String, String)] = [
    ("", "by archive"), ("surest_first", "surest first"), ("least_sure_first", "least sure first"),
  ]

  private func options(_ choices: [(value: String, name: String)], _ chosen: String?) -> HTML {
    choices.reduce(HTML.empty) { html, choice in
      let mark: HTML = choice.value == (chosen ?? "") ? " selected" : ""
      return html + "<option value=\"\(choice.value)\"\(mark)>\(choice.name)</option>"
    }
  }

  private var results: HTML {
    let cards: HTML =
      found.numbers.isEmpty
      ? "<p>No number meets all of these conditions.</p>" : "<ul class=\"cards\">\(found.numbers.map(card))</ul>"
    let more: HTML = found.numbers.count > 12 ? "<div class=\"more\">\(pages)</div>" : ""
    return """
      <section><div class="bar"><h2 data-count>\(counted)</h2>\(pages)</div>
      \(cards)
      \(more)</section>
      \(ConfidencePanel(confidences: confidences, least: fields.filter.minimumConfidence).html)
      """
  }

  private var counted: HTML {
    "\(count.text) \(count.value == 1 && count.isExact ? "number" : "numbers")\(fields.cursor == nil ? "" : ", further on")"
  }

  private var pages: HTML {
    var links: HTML = ""
    if fields.cursor != nil {
      links = links + "<a class=\"button\" data-page href=\"\(address(of: nil))\">First page</a> "
    }
    if let next = found.next {
      links = links + "<a class=\"button\" data-page rel=\"next\" href=\"\(address(of: next))\">Next page</a>"
    }
    return "<span>\(links)</span>"
  }

  private func address(of cursor: String?) -> String {
    "/?" + form.with("fragment", nil).with("cursor", cursor).encoded
  }

  private func card(_ number: BrowsedNumber) -> HTML {
    let found = number.found
    let box = found.number.box
    let crop: HTML =
      number.imageSHA256.map { sha256 in
        "<img loading=\"lazy\" alt=\"\" src=\"/crops/\(sha256)/\(box.address).jpg\" width=\"160\" height=\"120\">"
      } ?? "<img alt=\"no picture\" width=\"160\" height=\"120\">"
    let link = number.imageSHA256.map { "/pictures/\($0)#box=\(box.address)" } ?? "#main"
    return """
      <li class="card">\(crop)<div><a class="whole number" href="\(link)">\(found.number.text)</a> \
      \(Sureness.share(found.number.confidence)) \(ReviewTag.html(number.state, found.review, differs: number.differs))
      <small>\(found.image)</small><small>\(found.archive ?? "")</small></div></li>

      """
  }
}
