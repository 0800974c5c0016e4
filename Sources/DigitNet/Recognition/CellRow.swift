/// The cells of a candidate's digits in reading order, and one more cell at either end that continues the digits' path.
///
/// Positions are in pixels of the picture; in the first digit's cell they equal the x coordinate. Neighbouring cells
/// with equal shift and fall are merged.
struct CellRow {
  let cells: [Cell]
  /// The distance from the first digit's left side to the last digit's right side, in positions.
  let length: Double

  // The following lengths are in digit heights.
  /// Digits nearer to the line than this share the line's cell. From twice this distance on, a cell follows its digit
  /// fully; in between, partly.
  private static let uneven = 0.1
  /// The minimum gap between digits that are at least ``apart`` above one another.
  private static let nearest = 0.15
  private static let apart = 0.3
  /// The maximum by which the path is extended up or down beyond its ends.
  private static let bent = 0.5

  /// The row for one or more boxes along a line of the given slope; `height` and `middle` are the means over the boxes.
  init(_ boxes: [Box], height: Double, middle: (x: Double, y: Double), slope: Double) {
    let falls = boxes.map { box in
      let (x, y) = (Double(box.left) + Double(box.width) / 2, Double(box.top) + Double(box.height) / 2)
      let off = y - middle.y - slope * (x - middle.x)
      return off * min(max(abs(off) / (CellRow.uneven * height) - 1, 0), 1)
    }
    let there = zip(boxes, boxes.dropFirst()).map { Double($1.left - $0.right) }
    let gaps = there.indices.map { i in
      let apart = min(abs(falls[i + 1] - falls[i]) / (CellRow.apart * height), 1)
      // Digits that are further along the line don't overlap, so each cell begins after the previous one.
      let half = Double(min(boxes[i].width, boxes[i + 1].width)) / 2
      let least = (CellRow.nearest * height + half) * apart - half
      return min(max(there[i], least), Crop.widestGap * height)
    }
    length = Double(boxes.map(\.width).reduce(0, +)) + gaps.reduce(0, +)
    cells = CellRow.cells(of: boxes, gaps: gaps, skipped: zip(there, gaps).map { $0 - $1 }, falls, height: height)
  }

  private static func cells(
    of boxes: [Box], gaps: [Double], skipped: [Double], _ falls: [Double], height: Double
  ) -> [Cell] {
    guard let firstGap = gaps.first, let lastGap = gaps.last, let firstSkip = skipped.first, let lastSkip = skipped.last
    else { return [Cell(start: -.infinity, shift: 0, fall: falls[0])] }
    var (position, shift) = (Double(boxes[0].left), 0.0)
    var cells = [
      Cell(start: -.infinity, shift: -firstSkip, fall: fall(beyond: falls.prefix(3), height: height)),
      Cell(start: position - firstGap / 2, shift: 0, fall: falls[0]),
    ]
    for (i, gap) in gaps.enumerated() {
      position += Double(boxes[i].width)
      shift += skipped[i]
      cells.append(Cell(start: position + gap / 2, shift: shift, fall: falls[i + 1]))
      position += gap
    }
    position += Double(boxes[boxes.count - 1].width) + lastGap / 2
    let after = fall(beyond: falls.suffix(3).reversed(), height: height)
    cells.append(Cell(start: position, shift: shift + lastSkip, fall: after))
    return cells.reduce(into: []) { kept, cell in
      if (kept.last?.shift, kept.last?.fall) != (cell.shift, cell.fall) { kept.append(cell) }
    }
  }

  /// How far the cell beyond an end lies below the line, extrapolated from the two or three digits nearest that end,
  /// whose falls are given.
  private static func fall(beyond end: some Collection<Double>, height: Double) -> Double {
    let falls = Array(end)
    let bend = falls.count > 2 ? falls[0] - 2 * falls[1] + falls[2] : 0
    return falls[0] + (falls[0] - falls[1]) + min(max(bend, -bent * height), bent * height)
  }
}

extension CellRow {
  /// The constants of this file that affect which numbers are read, by name.
  static let constants: [String: [Double]] = [
    "uneven": [uneven], "nearest": [nearest], "apart": [apart], "bent": [bent],
  ]
}
