import DigitNet
import StreetCore
import StreetLedger

/// The page of a picture, with its readings and decisions.
struct PicturePage {
  let picture: PictureReview
  /// Whether the photograph may still be available.
  let isThere: Bool
  let takesDecisions: Bool

  private static let side = 1_024

  var html: HTML {
    let place = picture.places.first
    let name = place?.image ?? picture.sha256
    return PageFrame(title: name, place: nil, scripts: ["picture.js"]).html(
      """
      <div class="bar"><h1>\(name)</h1><span class="faint">\(picture.size.width) × \(picture.size.height) pixels</span></div>
      <div class="split"><div>\(isThere ? viewer(name) : gone(isHidden: false))\(isThere ? gone(isHidden: true) : .empty)</div>
      <div>\(numbers)\(facts)</div></div>
      """)
  }

  private func viewer(_ name: String) -> HTML {
    let (width, height) = (picture.size.width, picture.size.height)
    let request = PictureRequest(sha256: picture.sha256, side: Self.side)
    return """
      <div class="viewer"><svg viewBox="0 0 \(width) \(height)" role="group" aria-label="\(name)" aria-describedby="how" tabindex="0" \
      data-picture="/images/\(picture.sha256).jpg" data-side="\(Self.side)" data-width="\(width)" data-height="\(height)">
      <image href="\(request.address)" x="0" y="0" width="\(width)" height="\(height)" preserveAspectRatio="none"/>
      \(picture.spots.map(drawn))</svg>
      <div class="tools" hidden><button type="button" data-zoom="in" aria-label="Zoom in">+</button>\
      <button type="button" data-zoom="out" aria-label="Zoom out">−</button>\
      <button type="button" data-zoom="fit" aria-label="Show all of it">Fit</button></div></div>
      <p class="faint" id="how">Zoom with the wheel or + and −, move by dragging or with the arrow keys, 0 shows all of it. Larger: \
      <a href="\(PictureRequest(sha256: picture.sha256, side: 2_048).address)">2048</a>, \
      <a href="\(PictureRequest(sha256: picture.sha256, side: 4_096).address)">4096 pixels</a>.</p>
      """
  }

  private func gone(isHidden: Bool) -> HTML {
    let crops: [HTML] = picture.spots.filter { $0.reading != nil }.map { spot in
      """
      <li class="card"><img alt="" src="/crops/\(picture.sha256)/\(spot.box.address).jpg" width="160" height="120">\
      <div><b class="number">\(spot.text ?? "–")</b></div></li>
      """
    }
    return """
      <section id="gone" class="note bad"\(isHidden ? " hidden" : "" as HTML)><h2>The photograph can't be shown</h2>
      <p data-why>It is no longer where it was read; put it back, or ingest it from where it is.</p>
      <p>These are the small pictures of its numbers that were kept.</p><ul class="cards">\(crops)</ul></section>
      """
  }

  private func drawn(_ spot: Resolution.Spot) -> HTML {
    let box = spot.box
    let place: HTML = "x=\"\(box.left)\" y=\"\(box.top)\" width=\"\(box.width)\" height=\"\(box.height)\""
    let kind = spot.reading.map { Sureness.kind($0.confidence) } ?? "sure"
    return """
      <g data-of="\(box.address)"><rect class="rim" \(place)/><rect class="\(kind)" \(place)/>\
      <text x="\(box.left)" y="\(max(box.top - box.height / 8, 0))" font-size="\(max(picture.size.height / 40, 8))">\(spot.text ?? "–")</text></g>

      """
  }

  private var numbers: HTML {
    let rows: [HTML] = picture.spots.map { spot in
      """
      <tr id="box=\(spot.box.address)"><td><a class="number" href="#box=\(spot.box.address)" data-box="\(spot.box.address)">\(spot.text ?? spot.reading?.text ?? "–")</a></td>
      <td>\(spot.reading.map { Sureness.share($0.confidence) } ?? .empty)</td>
      <td>\(ReviewTag.html(spot.state, nil, differs: spot.differs))\(claims(of: spot))</td></tr>
      \(takesDecisions ? decision(on: spot) : .empty)
      """
    }
    let table: HTML = """
      <div class="scroll"><table><thead><tr><th scope="col">Number</th><th scope="col">Confidence</th><th scope="col">Review</th></tr>\
      </thead><tbody>\(rows)</tbody></table></div>
      """
    return """
      <section><h2>Numbers</h2>\(rows.isEmpty ? "<p>None was read.</p>" as HTML : table)
      \(takesDecisions ? completion : .empty)</section>
      """
  }

  /// The reviewers' decisions, if there is more to say than the state.
  private func claims(of spot: Resolution.Spot) -> HTML {
    spot.claims.reduce(HTML.empty) { html, claim in
      html + "<small class=\"faint\"> \(claim.reviewer): \(claim.text ?? "not a number")</small>"
    }
  }

  /// The decisions on a number as forms, which need no script.
  private func decision(on spot: Resolution.Spot) -> HTML {
    guard let shown = spot.reading?.text ?? spot.text else { return .empty }
    return """
      <tr class="beneath"><td colspan="3"><details><summary>Decide on \(shown)</summary><form method="post" action="/decide" class="more" autocomplete="off">
      <input type="hidden" name="picture" value="\(picture.sha256)"><input type="hidden" name="box" value="\(spot.box.address)">
      <input type="hidden" name="shown" value="\(shown)">
      <button name="verdict" value="confirmed" class="main">Confirm \(shown)</button>
      <button name="verdict" value="not_a_number">Not a number</button>
      <span class="typed"><label><span>It is</span><input name="text" inputmode="numeric" pattern="[0-9]{1,6}" maxlength="6" size="6"></label><button name="verdict" value="corrected">Correct</button></span>
      </form></details></td></tr>

      """
  }

  private var completion: HTML {
    if let decision = picture.completion {
      return "<p class=\"tag good\">complete, says \(decision.reviewer)</p>"
    }
    return """
      <form method="post" action="/decide" class="more"><input type="hidden" name="picture" value="\(picture.sha256)">
      <button name="verdict" value="complete">All numbers are decided on: complete</button></form>
      """
  }

  private var facts: HTML {
    let places: [HTML] = picture.places.map { place in
      "<dt>\(place.archive)</dt><dd>\(place.image), member \(place.ordinal)</dd>"
    }
    let decisions: [HTML] = picture.decisions.reversed().map { decision in
      "<li>\(ListTable.time(decision.decidedAt)), \(decision.reviewer): \(Self.words(decision))</li>"
    }
    let history: HTML =
      decisions.isEmpty ? "" : "<h2>Decisions</h2><ul class=\"done-list faint\">\(decisions)</ul>"
    return """
      <section><h2>Where it lies</h2><dl class="facts">\(places)</dl>
      <p class="faint">SHA-256 <code>\(picture.sha256)</code></p>\(history)</section>
      """
  }

  private static func words(_ decision: Decision) -> String {
    switch decision.verdict {
    case .confirmed: "\(decision.shown ?? "") confirmed"
    case .corrected(let text): "\(decision.shown ?? "") corrected to \(text)"
    case .notANumber: "\(decision.shown ?? "") is not a number"
    case .missed(let text): "\(text) added"
    case .complete: "complete"
    case .skipped: "\(decision.shown ?? "") skipped"
    case .undo: "undone"
    }
  }
}
