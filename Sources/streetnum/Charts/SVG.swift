import Foundation
import Pipeline

/// A drawing as SVG text; coordinates are pixels from the top left.
struct SVG {
  /// The style of lines and areas.
  struct Style {
    var fill = "none"
    var stroke = "none"
    var width = 1.0
    var dash = ""
    var opacity = 1.0
  }

  /// The alignment of a text relative to its position.
  enum Anchor: String {
    case start, middle, end
  }

  /// A position in the drawing.
  struct Point {
    var x: Double
    var y: Double
  }

  private let width: Double
  private let height: Double
  private var elements: [String] = []

  /// Makes an empty white drawing.
  init(width: Double, height: Double) {
    self.width = width
    self.height = height
    rectangle(Point(x: 0, y: 0), width: width, height: height, Style(fill: Palette.paper))
  }

  private static let fonts =
    #"font-family="system-ui, 'Segoe UI', 'Helvetica Neue', 'DejaVu Sans', Arial, sans-serif""#

  /// Whether these are the first bytes of a drawing as ``text`` writes it.
  static func isBeginning(_ head: String) -> Bool {
    guard let line = head.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false).first else {
      return false
    }
    return line.hasPrefix("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"") && line.hasSuffix("\(fonts)>")
  }

  /// The whole SVG file.
  var text: String {
    """
    <svg xmlns="http://www.w3.org/2000/svg" width="\(Self.figure(width))" height="\(Self.figure(height))" \
    viewBox="0 0 \(Self.figure(width)) \(Self.figure(height))" \
    \(Self.fonts)>
    \(elements.joined(separator: "\n"))
    </svg>

    """
  }

  mutating func rectangle(_ corner: Point, width: Double, height: Double, _ style: Style) {
    elements.append(
      "<rect \(Self.place(corner)) width=\"\(Self.figure(width))\" height=\"\(Self.figure(height))\" \(style.text)/>")
  }

  mutating func circle(_ centre: Point, radius: Double, _ style: Style) {
    elements.append(
      "<circle cx=\"\(Self.figure(centre.x))\" cy=\"\(Self.figure(centre.y))\" r=\"\(Self.figure(radius))\" "
        + "\(style.text)/>")
  }

  /// Draws a PNG with its pixels as squares.
  mutating func image(_ png: [UInt8], at corner: Point, width: Double, height: Double) {
    elements.append(
      "<image \(Self.place(corner)) width=\"\(Self.figure(width))\" height=\"\(Self.figure(height))\" "
        + "style=\"image-rendering: pixelated\" href=\"data:image/png;base64,\(Data(png).base64EncodedString())\"/>")
  }

  /// Draws a polyline, or an area where the style has a fill.
  mutating func path(_ points: [Point], _ style: Style) {
    guard points.count > 1 else { return }
    let list = points.map { "\(Self.figure($0.x)),\(Self.figure($0.y))" }.joined(separator: " ")
    elements.append("<\(style.fill == "none" ? "polyline" : "polygon") points=\"\(list)\" \(style.text)/>")
  }

  /// Writes a text with its baseline at a position; a turned text reads from bottom to top.
  mutating func write(
    _ text: String, at point: Point, size: Double = 12, colour: String = Palette.ink, anchor: Anchor = .start,
    isBold: Bool = false, isTurned: Bool = false
  ) {
    let turn = isTurned ? " transform=\"rotate(-90 \(Self.figure(point.x)) \(Self.figure(point.y)))\"" : ""
    elements.append(
      "<text \(Self.place(point)) font-size=\"\(Self.figure(size))\" fill=\"\(colour)\" "
        + "text-anchor=\"\(anchor.rawValue)\"\(isBold ? " font-weight=\"600\"" : "")\(turn)>\(markup(text))</text>")
  }

  private static func place(_ point: Point) -> String { "x=\"\(figure(point.x))\" y=\"\(figure(point.y))\"" }

  fileprivate static func figure(_ value: Double) -> String { String(format: "%g", (value * 100).rounded() / 100) }
}

extension SVG.Style {
  fileprivate var text: String {
    var text = "fill=\"\(fill)\" stroke=\"\(stroke)\" stroke-width=\"\(SVG.figure(width))\" stroke-linejoin=\"round\""
    if !dash.isEmpty { text += " stroke-dasharray=\"\(dash)\"" }
    if opacity < 1 { text += " opacity=\"\(SVG.figure(opacity))\"" }
    return text
  }
}

/// The colours of all charts.
enum Palette {
  static let paper = "#ffffff"
  static let ink = "#1f2933"
  static let faint = "#66727f"
  static let grid = "#e4e8ec"
  static let axis = "#9aa5b1"
  static let blue = "#1f6fb2"
  static let orange = "#d9631e"
}

/// A text escaped for XML and HTML, in one line of visible characters.
func markup(_ text: String) -> String {
  printable(text).replacingOccurrences(of: "&", with: "&amp;").replacingOccurrences(of: "<", with: "&lt;")
    .replacingOccurrences(of: ">", with: "&gt;").replacingOccurrences(of: "\"", with: "&quot;")
}
