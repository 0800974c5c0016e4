import DigitNet
import DigitNetTraining
import Foundation
import Pipeline

/// The learning curve of a network, and the test digits that it read wrongly.
struct LessonPictures {
  private let course: HandwritingCourse
  private let test: LabelledImages
  private let answers: TrainableNetwork.Answers
  private let title: String

  /// The names of the files that are drawn.
  static let files = ["curve.svg", "mistakes.svg"]

  /// The largest count of digits in the picture.
  private static let most = 120

  init(
    _ course: HandwritingCourse, _ test: LabelledImages, _ answers: TrainableNetwork.Answers, name: String, seed: UInt64
  ) {
    (self.course, self.test, self.answers) = (course, test, answers)
    title = "\(name), seed \(seed)"
  }

  func write(to folder: OutputFolder) throws {
    try folder.write(curve, as: Self.files[0])
    try folder.write(mistakes, as: Self.files[1])
  }

  /// The share of digits that are read correctly, by epoch.
  private var curve: String {
    var svg = SVG(width: 760, height: 480)
    svg.head(
      "Learning curve of \(title)",
      "test accuracy, measured once after the last epoch: \(Figure.percent(answers.accuracy))")
    let progress = course.progress
    let values = progress.flatMap { [$0.training] + [$0.validation].compactMap(\.self) }
    let plot = Plot(
      left: 84, top: 84, width: 540, height: 330, x: .counts("epoch", upTo: max(progress.count, 1), ticks: 10),
      y: .shares("accuracy", from: bottom(values.min() ?? 0)))
    plot.draw(on: &svg)
    draw("training", Palette.orange, progress.map { ($0.epoch, $0.training) }, plot, &svg, below: false)
    let checked = progress.compactMap { line in line.validation.map { (line.epoch, $0) } }
    draw("validation", Palette.blue, checked, plot, &svg, below: true)
    return svg.text
  }

  /// A round share a little below the lowest value.
  private func bottom(_ least: Double) -> Double {
    let step = least > 0.9 ? 0.02 : 0.1
    return max(0, ((least / step - 0.2).rounded(.down)) * step)
  }

  private func draw(
    _ name: String, _ colour: String, _ values: [(Int, Double)], _ plot: Plot, _ svg: inout SVG, below: Bool
  ) {
    let points = values.map { plot.point(Double($0.0), $0.1) }
    svg.path(points, SVG.Style(stroke: colour, width: 2))
    for point in points { svg.circle(point, radius: 2.5, SVG.Style(fill: colour)) }
    guard let last = points.last, let share = values.last?.1 else { return }
    svg.write(
      "\(name) \(Figure.percent(share, decimals: 1))", at: SVG.Point(x: last.x + 10, y: last.y + (below ? 14 : -4)),
      colour: colour)
  }

  /// Each digit that was read wrongly with the reading and the label, in descending confidence.
  private var mistakes: String {
    let wrong = test.labels.indices.filter { answers.labels[$0] != test.labels[$0] }
      .sorted { (answers.outputs[$0], $1) > (answers.outputs[$1], $0) }
    let shown = wrong.prefix(Self.most)
    let (columns, side) = (12, 56.0)
    let rows = max((shown.count + columns - 1) / columns, 1)
    var svg = SVG(width: 48 + Double(columns) * (side + 8), height: 92 + Double(rows) * (side + 30))
    svg.head(
      "Misread test digits of \(title)",
      "\(shown.count) of \(wrong.count), largest output first; below each: prediction and label")
    for (place, image) in shown.enumerated() {
      let corner = SVG.Point(
        x: 28 + Double(place % columns) * (side + 8), y: 76 + Double(place / columns) * (side + 30))
      let pixels = test.pixels(of: image).flatMap { [255 - $0, 255 - $0, 255 - $0] }
      let picture = Image(width: test.shape.columns, height: test.shape.rows, pixels: pixels)
      if let png = ImageEncoder.png(picture) { svg.image(png, at: corner, width: side, height: side) }
      svg.rectangle(corner, width: side, height: side, SVG.Style(stroke: Palette.grid))
      let foot = SVG.Point(x: corner.x + side / 2, y: corner.y + side + 15)
      svg.write(
        "\(answers.labels[image])", at: SVG.Point(x: foot.x - 14, y: foot.y), colour: Palette.orange, isBold: true)
      svg.write("\(test.labels[image])", at: SVG.Point(x: foot.x, y: foot.y), colour: Palette.blue)
    }
    return svg.text
  }
}
