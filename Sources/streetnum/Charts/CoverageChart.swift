import Foundation
import Pipeline

/// Coverage against precision: the share of numbers that are kept, in descending confidence, and how many of them are
/// right.
struct CoverageChart {
  /// The name of the measure on the horizontal axis.
  let measure: String
  /// The label of the horizontal axis.
  let label: String
  /// The set that was measured.
  let subject: String
  let curve: CoverageCurve
  /// The count whose share the horizontal axis shows.
  let total: Int
  /// Which of the kept numbers count on the horizontal axis: all of them, or the right ones.
  let counted: KeyPath<Share, Int>

  /// The precision at which coverage is reported.
  static let target = 0.98

  /// The chart as an SVG file.
  var svg: String {
    var svg = SVG(width: 760, height: 500)
    let goal = curve.widest(atPrecision: Self.target)
    svg.head("\(measure.capitalized) against precision", subtitle(goal))
    let least = curve.points.map(\.precision.value).min() ?? 0
    // Leaves room for text below the lowest point.
    let bottom = min(max(((1.1 * least - 0.1) * 10).rounded(.down) / 10, 0), 0.9)
    let plot = Plot(
      left: 84, top: 84, width: 624, height: 350, x: .shares("\(measure): \(label)"),
      y: .shares("precision: right among these", from: bottom))
    plot.draw(on: &svg)
    drawCurve(plot, &svg)
    drawGoal(goal, plot, &svg)
    return svg.text
  }

  private func subtitle(_ goal: CoverageCurve.Point?) -> String {
    guard !curve.points.isEmpty else { return "\(subject); no number was read" }
    return "\(subject); \(measure) at 98 % precision: \(Figure.percent(goal.map(across) ?? 0, decimals: 1))"
  }

  private func across(_ point: CoverageCurve.Point) -> Double {
    Double(point.precision[keyPath: counted]) / Double(max(total, 1))
  }

  /// Draws the curve on its 95 % confidence band.
  private func drawCurve(_ plot: Plot, _ svg: inout SVG) {
    let least = plot.y.range.lowerBound
    func edge(_ bound: (ClosedRange<Double>) -> Double) -> [SVG.Point] {
      curve.points.map { plot.point(across($0), min(max(bound($0.precision.interval), least), 1)) }
    }
    svg.path(edge(\.lowerBound) + edge(\.upperBound).reversed(), SVG.Style(fill: Palette.blue, opacity: 0.12))
    let line = curve.points.map { plot.point(across($0), $0.precision.value) }
    svg.path(line, SVG.Style(stroke: Palette.blue, width: 2.5))
    guard let last = curve.points.last, let end = line.last else { return }
    svg.circle(end, radius: 4.5, SVG.Style(fill: Palette.blue, stroke: Palette.paper, width: 1.5))
    let lowest = line.filter { $0.x > end.x - 180 }.map(\.y).max() ?? end.y
    svg.write(
      "all that was read: \(Figure.percent(last.precision.value, decimals: 1))",
      at: SVG.Point(x: end.x - 8, y: lowest + 20), colour: Palette.blue, anchor: .end, isBold: true)
  }

  /// Draws the line of the target precision up to the coverage that it allows.
  private func drawGoal(_ goal: CoverageCurve.Point?, _ plot: Plot, _ svg: inout SVG) {
    let dashed = SVG.Style(stroke: Palette.orange, width: 1.5, dash: "5 4")
    svg.path([plot.point(0, Self.target), plot.point(1, Self.target)], dashed)
    let end = plot.point(1, Self.target)
    svg.write(
      "98 %", at: SVG.Point(x: end.x + 6, y: end.y + 4), size: 11, colour: Palette.orange, isBold: true)
    guard let goal else { return }
    let place = plot.point(across(goal), goal.precision.value)
    svg.path([place, plot.point(across(goal), plot.y.range.lowerBound)], dashed)
    svg.circle(place, radius: 4.5, SVG.Style(fill: Palette.orange, stroke: Palette.paper, width: 1.5))
    let foot = plot.point(across(goal), plot.y.range.lowerBound)
    let share = Figure.percent(across(goal), decimals: 1)
    let isRight = across(goal) > 0.5
    svg.write(
      "\(share), confidence \(Confidence.text(goal.confidence)) or more",
      at: SVG.Point(x: foot.x + (isRight ? -8 : 8), y: foot.y - 10), colour: Palette.orange,
      anchor: isRight ? .end : .start, isBold: true)
  }
}
