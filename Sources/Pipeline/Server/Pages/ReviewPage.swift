import StreetCore
import StreetLedger

/// The page for reviewing numbers one after another.
struct ReviewPage {
  let form: WebForm
  let reviewer: String
  /// The sample being reviewed; nil for the queue by ascending confidence.
  let sample: RandomSample?
  let samples: [RandomSample]
  let agreement: ReviewerAgreement

  var html: HTML {
    PageFrame(title: "Review", place: .review, scripts: ["review.js"]).html(
      """
      <div id="review" data-reviewer="\(reviewer)" data-sample="\(sample?.id ?? "")" data-filters="\(filters)">
      <h1 class="unseen">Review</h1>
      <noscript><p class="banner">This way of reviewing needs JavaScript. Without it, decide on the page of a picture: choose one \
      among the <a href="/?order=least_sure_first&amp;review=unreviewed">least sure numbers</a>.</p></noscript>
      <div id="unsent" class="banner" role="status" hidden><span></span></div>
      <p id="problem" class="banner bad" role="alert" hidden></p>
      \(judge)
      <section id="empty" hidden><h2>Nothing is left to review</h2><p>All numbers that meet the conditions are decided on, or \
      another reviewer has them.</p></section>
      \(settings)
      </div>\(keys)
      """)
  }

  private var filters: String {
    ["number", "prefix", "like", "image", "archive", "min_confidence", "max_confidence"].reduce(WebForm()) {
      fields, name in
      form[name].map { fields.with(name, $0) } ?? fields
    }.encoded
  }

  private var judge: HTML {
    """
    <div class="judge" hidden><div>
    <div class="viewer"><svg viewBox="0 0 4 3" role="group" aria-label="The picture" tabindex="0" data-side="1024"></svg>
    <div class="tools"><button type="button" data-zoom="in" aria-label="Zoom in">+</button><button type="button" data-zoom="out" \
    aria-label="Zoom out">−</button><button type="button" data-zoom="fit" aria-label="Show all of it">All</button></div></div>
    <p class="faint"><a id="open" href="/"><span id="image"></span></a> in <span id="archive"></span></p>
    <p id="gone" class="banner bad" hidden>The photograph is no longer where it was read; this is the small picture that was kept.</p>
    <p id="draw" class="banner" role="status" hidden>Draw a box around the number that was missed, or move it with the arrow keys and \
    size it with Shift and the arrow keys. Enter goes on to its digits, Escape ends it.</p>
    </div>
    <div><section><div id="read"><p class="faint">streetnum reads</p><div class="read"><p class="reading" id="reading"></p>
    <p class="faint">confidence <span id="share" class="number"></span></p></div></div>
    <p id="hidden" hidden>Type what you see. What was read is hidden, so that it does not lead you.</p>
    <form id="typing" class="typed" autocomplete="off"><label><span>The number is</span><input id="typed" inputmode="numeric" \
    maxlength="6" aria-describedby="message"></label><button>Save</button></form>
    <p id="message" class="banner" role="status" hidden></p></section>
    <section class="actions pairs" aria-label="Decisions">
    \(action("confirm", "Confirm", isMain: true))\(action("correct", "Correct"))\(action("reject", "Not a number"))
    \(action("missed", "Missed number"))\(action("skip", "Skip"))\(action("undo", "Undo"))
    <button type="button" data-keys><span>Keys</span></button></section>
    </div></div>
    """
  }

  private func action(_ name: String, _ text: String, isMain: Bool = false) -> HTML {
    """
    <button type="button" data-action="\(name)"\(isMain ? " class=\"main\"" : "" as HTML)><span>\(text)</span><kbd></kbd></button>

    """
  }

  private var settings: HTML {
    let measure: HTML =
      sample.map { sample in
        """
        <p>Precision: <b id="estimate">–</b></p><p class="faint">A random sample of \(grouped(sample.size)) of \
        \(grouped(sample.population)) numbers, seed <code>\(sample.seed)</code>.</p>
        """
      } ?? "<p class=\"faint\">The least sure numbers come first; such a choice says nothing of precision.</p>"
    let others: [HTML] = samples.prefix(8).map { sample in
      "<li><a href=\"/review?sample=\(sample.id)\">\(grouped(sample.size)) of \(grouped(sample.population)), \(ListTable.time(sample.createdAt))</a></li>"
    }
    let list: HTML = others.isEmpty ? "" : "<h3>Samples</h3><ul class=\"done-list\">\(others)</ul>"
    let agreed = agreement.agreed
    let agreeing: HTML =
      agreed.count == 0
      ? ""
      : "<p class=\"faint\">Reviewers agree on \(agreed.hits) of \(counted(agreed.count, "number")) that two or more decided on.</p>"
    return """
      <section><div class="bar"><h2>\(sample == nil ? "Least sure first" : "Random sample")</h2>\
      <span class="faint"><span id="decided">0</span> decided since this page was opened, as \(reviewer)</span></div>
      \(measure)<ul id="recent" class="done-list faint" aria-label="Last decisions"></ul>\(agreeing)
      <details><summary>What is reviewed</summary>
      <form class="search" method="get" action="/review">
      <label><span>Archive</span><input type="search" name="archive" value="\(form["archive"] ?? "")" placeholder="a.tar, *north*"></label>
      <label><span>Confidence from</span><input type="number" name="min_confidence" min="0" max="1" step="0.01" \
      value="\(form["min_confidence"] ?? "")" placeholder="0.5"></label>
      <label><span>to</span><input type="number" name="max_confidence" min="0" max="1" step="0.01" \
      value="\(form["max_confidence"] ?? "")" placeholder="1"></label>
      <div><button>Least sure first</button></div></form>
      <form class="search" method="post" action="/samples">
      <label><span>Numbers to draw</span><input type="number" name="size" min="1" max="10000" value="200"></label>
      <label><span>Confidence from</span><input type="number" name="min_confidence" min="0" max="1" step="0.01" placeholder="0.5"></label>
      <label><span>Archive</span><input type="search" name="archive" placeholder="a.tar, *north*"></label>
      <div><button>Draw a random sample</button></div></form>\(list)</details></section>
      """
  }

  private var keys: HTML {
    """
    <dialog id="keys" aria-labelledby="keys-title"><form method="dialog"><h2 id="keys-title">Keys</h2>
    <p class="faint">One key for each action. They work while no field has the focus. An empty field turns a key off.</p>
    <label class="tick"><input type="checkbox" name="on"><span>Use single keys</span></label>
    <div class="keys"></div><p data-fault role="alert" class="faint"></p>
    <div class="more"><button class="main" value="save">Save</button><button value="cancel" formnovalidate>Cancel</button>
    <button type="button" data-standard>Standard keys</button></div></form></dialog>
    """
  }
}
