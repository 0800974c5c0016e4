import Pipeline

/// The confusion matrix of the digits as a coloured table of counts.
struct ConfusionChart {
  /// The set that was measured, such as "500 photographs of labels.csv".
  let subject: String
  let matrix: ConfusionMatrix

  private static let cell = 44.0
  private static let left = 92.0
  private static let top = 116.0
  /// The ten digits, and nil for no digit.
  private static let classes: [Int?] = (0...9).map(Optional.some) + [nil]

  /// The chart as an SVG file.
  var svg: String {
    var svg = SVG(width: 720, height: 660)
    svg.head("Confusion matrix: which digit was read as which", subtitle)
    let span = Self.cell * Double(Self.classes.count)
    svg.write("read", at: SVG.Point(x: Self.left + span / 2, y: Self.top - 30), size: 13, anchor: .middle)
    svg.write(
      "labelled", at: SVG.Point(x: Self.left - 62, y: Self.top + span / 2), size: 13, anchor: .middle, isTurned: true)
    let wrong = Self.classes.flatMap { row in
      Self.classes.filter { $0 != row }.map { matrix[labelled: row, read: $0] }
    }
    for (row, labelled) in Self.classes.enumerated() {
      drawNames(row, labelled, &svg)
      for (column, read) in Self.classes.enumerated() where labelled != nil || read != nil {
        let (count, isRight) = (matrix[labelled: labelled, read: read], labelled == read)
        draw(count, isRight: isRight, of: isRight ? total(labelled) : wrong.max() ?? 0, row, column, &svg)
      }
      drawShare(row, labelled, &svg)
    }
    if matrix.unaligned > 0 {
      svg.write(
        "Left out: \(counted(matrix.unaligned, "number")) without boxes, not read or read with another length.",
        at: SVG.Point(x: 24, y: Self.top + span + 32), colour: Palette.faint)
    }
    return svg.text
  }

  private var subtitle: String {
    let digits = Self.classes.dropLast().reduce(0) { $0 + total($1) }
    return "\(counted(digits, "digit")) in \(subject)"
  }

  private func total(_ labelled: Int?) -> Int {
    Self.classes.reduce(0) { $0 + matrix[labelled: labelled, read: $1] }
  }

  private func drawNames(_ index: Int, _ digit: Int?, _ svg: inout SVG) {
    let middle = (Double(index) + 0.5) * Self.cell
    svg.write(
      digit.map(String.init) ?? "missed", at: SVG.Point(x: Self.left + middle, y: Self.top - 8), colour: Palette.faint,
      anchor: .middle, isBold: digit != nil)
    svg.write(
      digit.map(String.init) ?? "false", at: SVG.Point(x: Self.left - 10, y: Self.top + middle + 4),
      colour: Palette.faint, anchor: .end, isBold: digit != nil)
  }

  /// Draws a cell. A right cell is blue by its share of the row; a wrong cell is orange by its share of the most
  /// frequent mistake.
  private func draw(_ count: Int, isRight: Bool, of whole: Int, _ row: Int, _ column: Int, _ svg: inout SVG) {
    let corner = SVG.Point(x: Self.left + Double(column) * Self.cell + 1, y: Self.top + Double(row) * Self.cell + 1)
    let shade = Double(count) / Double(max(whole, 1))
    let size = Self.cell - 2
    svg.rectangle(corner, width: size, height: size, SVG.Style(fill: "#f4f6f8"))
    guard count > 0 else { return }
    svg.rectangle(
      corner, width: size, height: size,
      SVG.Style(fill: isRight ? Palette.blue : Palette.orange, opacity: 0.15 + 0.85 * shade))
    svg.write(
      String(count), at: SVG.Point(x: corner.x + size / 2, y: corner.y + size / 2 + 4),
      colour: shade > 0.5 ? Palette.paper : Palette.ink, anchor: .middle)
  }

  /// Writes the share of a digit that was read correctly to the right of its row.
  private func drawShare(_ row: Int, _ labelled: Int?, _ svg: inout SVG) {
    guard let labelled, total(labelled) > 0 else { return }
    let share = Share(matrix[labelled: labelled, read: labelled], of: total(labelled))
    svg.write(
      "\(Figure.percent(share.value, decimals: 1)) of \(share.count)",
      at: SVG.Point(
        x: Self.left + Double(Self.classes.count) * Self.cell + 10, y: Self.top + (Double(row) + 0.5) * Self.cell + 4),
      colour: Palette.faint)
  }
}
