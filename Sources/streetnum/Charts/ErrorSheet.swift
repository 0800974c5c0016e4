import DigitNet
import Foundation
import Pipeline

/// One HTML page of all mistakes with their photographs, in descending confidence.
struct ErrorSheet {
  /// The largest count of mistakes on a page; a longer page is too large to open.
  private static let most = 500

  private let findings: Findings
  private let total: Int
  private let shown: [Mistake]
  /// Indices in `shown`, by the photograph's index among the labels.
  private let places: [Int: [Int]]
  private var thumbnails: [Int: Thumbnail] = [:]

  /// Makes a page to which `take` adds the photographs. Mistakes in photographs that were missing are left out.
  init(_ mistakes: [Mistake], _ findings: Findings) {
    let missing = Set(findings.missing)
    let all = mistakes.filter { !missing.contains($0.position) }
    self.findings = findings
    total = all.count
    shown = Array(all.prefix(Self.most))
    places = Dictionary(grouping: shown.indices) { [shown] in shown[$0].position }
  }

  /// Whether the page shows the photograph of this name and SHA-256.
  func wants(_ name: String, sha256: String) -> Bool {
    findings.position(of: name, sha256: sha256).flatMap { places[$0] } != nil
  }

  /// Adds a photograph that `wants` accepts. Of several with one label, the first is kept.
  mutating func take(_ name: String, sha256: String, _ image: Image) {
    let position = findings.position(of: name, sha256: sha256)
    for place in position.flatMap({ places[$0] }) ?? [] where thumbnails[place] == nil {
      thumbnails[place] = Thumbnail(shown[place], image)
    }
  }

  /// Whether a file that begins so is such a page, of this or an earlier version: by how its style begins.
  static func isBeginning(_ head: String) -> Bool {
    head.hasPrefix("<!DOCTYPE html>\n") && head.contains("<style>\n\(style.prefix(80))")
  }

  /// The whole file.
  func html(origin: String) -> String {
    let count =
      total > shown.count
      ? "the \(shown.count) errors of highest confidence, of \(total)" : counted(total, "error")
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>Errors: \(markup(origin))</title>
      <style>
      \(Self.style)
      </style>
      </head>
      <body>
      <h1>Errors</h1>
      <p>\(markup(origin)): \(count), highest confidence first, missed numbers last.
      <span class="read">Orange</span>: read. <span class="right">Blue, dashed</span>: labelled.</p>
      <main>
      \(shown.indices.map(card).joined(separator: "\n"))
      </main>
      </body>
      </html>

      """
  }

  private func card(_ place: Int) -> String {
    let mistake = shown[place]
    let read = mistake.read.map {
      "read <b class=\"read\">\($0.text)</b> <small>\(Confidence.text($0.confidence))</small>"
    }
    let right = mistake.right.map { "right: <b class=\"right\">\(markup($0))</b>" }
    return """
      <figure>
      \(picture(place))
      <figcaption>\(read ?? "not found")<br>\(right ?? "there is no number")<br><small>\(markup(mistake.file))</small></figcaption>
      </figure>
      """
  }

  private func picture(_ place: Int) -> String {
    guard let thumbnail = thumbnails[place] else {
      let reason = findings.rejection(at: shown[place].position)
      return "<p>\(markup(reason?.hinted.message ?? "The photograph could not be read again."))</p>"
    }
    let (mistake, region) = (shown[place], thumbnail.region)
    let frame = "x=\"\(region.left)\" y=\"\(region.top)\" width=\"\(region.width)\" height=\"\(region.height)\""
    let boxes =
      mistake.places.map { rectangle($0, "right") } + (mistake.read.map { places(of: $0, in: region) } ?? [])
    return """
      <svg viewBox="\(region.left) \(region.top) \(region.width) \(region.height)">
      <image \(frame) preserveAspectRatio="none" href="data:image/png;base64,\(Data(thumbnail.png).base64EncodedString())"/>
      \(boxes.joined())
      </svg>
      """
  }

  /// The boxes of a number's digits, or one box around all of them where they are too small to be seen.
  private func places(of number: HouseNumber, in region: Box) -> [String] {
    let margin = max(region.width, region.height) / 40
    guard number.box.height < 2 * margin else { return number.digits.map { rectangle($0.box, "read") } }
    let box = number.box
    let around = Box(
      left: box.left - margin, top: box.top - margin, width: box.width + 2 * margin, height: box.height + 2 * margin)
    return [rectangle(around, "read")]
  }

  /// A box with a white outline, which keeps it visible on bricks.
  private func rectangle(_ box: Box, _ kind: String) -> String {
    ["rim", kind].map { name in
      "<rect class=\"\(name)\" x=\"\(box.left)\" y=\"\(box.top)\" width=\"\(box.width)\" height=\"\(box.height)\"/>"
    }.joined()
  }

  private static let style = """
    body { font: 15px/1.45 system-ui, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif; color: \(Palette.ink);
      background: #f4f6f8; margin: 2rem; }
    h1 { font-size: 1.4rem; margin: 0; }
    main { display: grid; grid-template-columns: repeat(auto-fill, minmax(230px, 1fr)); gap: 1rem; }
    figure { margin: 0; padding: .75rem; background: \(Palette.paper); border: 1px solid \(Palette.grid);
      border-radius: 6px; display: flex; flex-direction: column; justify-content: space-between; }
    figure svg { width: 100%; max-height: 260px; margin: auto 0; }
    figcaption { margin-top: .5rem; overflow-wrap: anywhere; }
    small { color: \(Palette.faint); }
    b { font-size: 1.15em; }
    rect { fill: none; stroke-width: 2px; vector-effect: non-scaling-stroke; }
    rect.rim { stroke: \(Palette.paper); stroke-width: 4px; opacity: .6; }
    rect.read { stroke: \(Palette.orange); }
    rect.right { stroke: \(Palette.blue); stroke-dasharray: 5 3; }
    b.read, span.read { color: \(Palette.orange); }
    b.right, span.right { color: \(Palette.blue); }
    """
}
