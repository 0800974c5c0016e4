/// The frame of a chart: two axes with ticks, a light grid, and the mapping of values to positions.
struct Plot {
  /// One axis of a chart.
  struct Axis {
    /// The name of the quantity.
    var label: String
    /// The range of values from one end to the other.
    var range: ClosedRange<Double>
    /// The values that get a grid line, each with its text.
    var ticks: [(value: Double, text: String)]

    /// An axis of shares from `least` to 1, in steps that leave room for the percentages.
    static func shares(_ label: String, from least: Double = 0) -> Axis {
      let step = [0.01, 0.02, 0.05, 0.1].first { (1 - least) / $0 <= 6.01 } ?? 0.2
      let first = Int((least / step).rounded(.up))
      let last = Int((1 / step).rounded())
      let ticks = (first...last).map { index in
        let value = Double(index) * step
        return (value, Figure.percent(value, decimals: 0))
      }
      return Axis(label: label, range: least...1, ticks: ticks)
    }

    /// An axis of counts from 0 to at least `most`.
    static func counts(_ label: String, upTo most: Int, ticks count: Int) -> Axis {
      var step = 1
      for factor in [2, 5, 10, 20, 50, 100, 200, 500].flatMap({ [$0, $0 * 1_000, $0 * 1_000_000] }).sorted()
      where step * count < most {
        step = factor
      }
      let top = step * max(1, (most + step - 1) / step)
      let ticks = stride(from: 0, through: top, by: step).map { (Double($0), String($0)) }
      return Axis(label: label, range: 0...Double(top), ticks: ticks)
    }
  }

  let left: Double
  let top: Double
  let width: Double
  let height: Double
  let x: Axis
  let y: Axis

  /// The position of a pair of values.
  func point(_ first: Double, _ second: Double) -> SVG.Point {
    SVG.Point(
      x: left + width * (first - x.range.lowerBound) / (x.range.upperBound - x.range.lowerBound),
      y: top + height * (1 - (second - y.range.lowerBound) / (y.range.upperBound - y.range.lowerBound)))
  }

  /// Draws the grid, the ticks and the labels.
  func draw(on svg: inout SVG) {
    let grid = SVG.Style(stroke: Palette.grid)
    for (value, text) in x.ticks {
      let foot = point(value, y.range.lowerBound)
      svg.path([foot, point(value, y.range.upperBound)], grid)
      svg.write(text, at: SVG.Point(x: foot.x, y: foot.y + 18), colour: Palette.faint, anchor: .middle)
    }
    for (value, text) in y.ticks {
      let foot = point(x.range.lowerBound, value)
      svg.path([foot, point(x.range.upperBound, value)], grid)
      svg.write(text, at: SVG.Point(x: foot.x - 8, y: foot.y + 4), colour: Palette.faint, anchor: .end)
    }
    svg.path(
      [
        point(x.range.lowerBound, y.range.upperBound), point(x.range.lowerBound, y.range.lowerBound),
        point(x.range.upperBound, y.range.lowerBound),
      ], SVG.Style(stroke: Palette.axis))
    svg.write(x.label, at: SVG.Point(x: left + width / 2, y: top + height + 40), anchor: .middle)
    svg.write(y.label, at: SVG.Point(x: left - 52, y: top + height / 2), anchor: .middle, isTurned: true)
  }
}

extension SVG {
  /// Writes the title and the subtitle at the top of a chart.
  mutating func head(_ title: String, _ subtitle: String) {
    write(title, at: Point(x: 24, y: 34), size: 17, isBold: true)
    write(subtitle, at: Point(x: 24, y: 56), size: 13, colour: Palette.faint)
  }
}
