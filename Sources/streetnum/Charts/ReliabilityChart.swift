import Pipeline

/// A reliability diagram: the accuracy of numbers by confidence, and the count of numbers at each confidence.
struct ReliabilityChart {
  /// The set that was measured.
  let subject: String
  let reliability: Reliability

  /// The chart as an SVG file.
  var svg: String {
    var svg = SVG(width: 640, height: 720)
    svg.head("Reliability diagram: how sure it is, and how often it is right", subtitle)
    let main = Plot(
      left: 84, top: 84, width: 520, height: 400, x: .shares(""), y: .shares("right in the bin, with 95 % interval"))
    main.draw(on: &svg)
    drawBins(main, &svg)
    let most = reliability.histogram.max() ?? 0
    let below = Plot(
      left: 84, top: 530, width: 520, height: 120, x: .shares("confidence"),
      y: .counts("numbers", upTo: most, ticks: 3))
    below.draw(on: &svg)
    drawHistogram(below, &svg)
    return svg.text
  }

  private var subtitle: String {
    let counts = reliability.bins.map(\.right.count)
    guard let least = counts.min(), let most = counts.max() else { return "\(subject); no number was read" }
    let each = least == most ? "\(most)" : "\(least) or \(most)"
    let error = Figure.percent(reliability.expectedError, decimals: 1)
    return "\(subject); calibration error \(error), \(counted(counts.count, "bin")) of \(each)"
  }

  private func drawBins(_ plot: Plot, _ svg: inout SVG) {
    svg.path([plot.point(0, 0), plot.point(1, 1)], SVG.Style(stroke: Palette.axis, width: 1.5, dash: "5 4"))
    let corner = plot.point(1, 1)
    svg.write(
      "dashed: as sure as right", at: SVG.Point(x: corner.x, y: corner.y - 8), size: 11, colour: Palette.faint,
      anchor: .end)
    for bin in reliability.bins {
      let interval = bin.right.interval
      svg.path(
        [
          plot.point(bin.meanConfidence, max(interval.lowerBound, 0)),
          plot.point(bin.meanConfidence, min(interval.upperBound, 1)),
        ], SVG.Style(stroke: Palette.blue, width: 1.5, opacity: 0.45))
    }
    let points = reliability.bins.map { plot.point($0.meanConfidence, $0.right.value) }
    svg.path(points, SVG.Style(stroke: Palette.blue, width: 2))
    for point in points {
      svg.circle(point, radius: 4, SVG.Style(fill: Palette.blue, stroke: Palette.paper, width: 1.5))
    }
  }

  private func drawHistogram(_ plot: Plot, _ svg: inout SVG) {
    let width = 1 / Double(reliability.histogram.count)
    for (index, count) in reliability.histogram.enumerated() where count > 0 {
      let corner = plot.point(Double(index) * width, Double(count))
      let foot = plot.point(Double(index + 1) * width, 0)
      svg.rectangle(
        SVG.Point(x: corner.x + 1, y: corner.y), width: foot.x - corner.x - 2, height: foot.y - corner.y,
        SVG.Style(fill: Palette.blue, opacity: 0.55))
      svg.write(
        String(count), at: SVG.Point(x: (corner.x + foot.x) / 2, y: corner.y - 3), size: 9, colour: Palette.faint,
        anchor: .middle)
    }
  }
}
