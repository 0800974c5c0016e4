/// The geometry of a candidate's crop: digits ``digitHeight`` pixels high in a row of cells, one cell for each digit.
///
/// Numbers are written in lines, stacks, diagonals and arcs. Side by side in reading order, their cells form a line;
/// beyond both ends, cells continue the path of the digits to include a digit that was missed. A wall in perspective
/// slants a line of digits but leaves their vertical strokes vertical, so the line is levelled by shearing, not by
/// rotation. Perspective also narrows the digits, as some typefaces do. Narrow digits are widened, because a
/// recogniser's columns are four pixels wide and each digit needs several. The cells of a straight line join without a
/// seam. scripts/train/crops.py cuts the training crops by the same rules.
public struct Crop: Sendable, Hashable {
  /// Width in pixels: one of ``widths``.
  public let width: Int
  /// The position of the crop's middle in the row of cells; see ``CellRow`` for positions.
  let centre: Double
  /// The mean of the digits' centres, in pixels of the picture.
  let x, y: Double
  /// How far the line falls per pixel to the right; 0 for digits that are upright, whatever the shape of their path.
  let slope: Double
  /// The width and height in the picture of one pixel of the crop. They differ if narrow digits are widened or a long
  /// line is compressed.
  let across, down: Double
  /// The cells from left to right; at least one.
  let cells: [Cell]

  /// Height of every crop in pixels.
  public static let height = 48
  /// The mean height of the digits in the crop, in pixels.
  public static let digitHeight = 30
  /// The possible widths of a crop. The narrowest that leaves room for a missed digit on both sides is used.
  public static let widths = [64, 96, 144]

  /// The maximum gap between two digits, in digit heights; the middle of a wider gap is left out.
  public static let widestGap = 0.4

  private static let margin = 18.0
  /// The width in pixels of the crop to which narrower digits are widened, and the maximum widening factor.
  private static let pitch = 18.0
  private static let widened = 1.5
  /// The maximum slope of a line that is levelled.
  public static let steepest = 1.2

  /// The crop around one or more boxes of digits in reading order.
  ///
  /// - Parameter isUpright: whether each digit stands upright, as in stacks and diagonals, or follows the line's slope,
  ///   which is then levelled. A line steeper than ``steepest`` is never levelled.
  public init(around boxes: [Box], isUpright: Bool = false) {
    precondition(!boxes.isEmpty)
    let count = Double(boxes.count)
    let (first, last) = (boxes[0], boxes[boxes.count - 1])
    // Twice the distance between the centres of the first and last digits.
    let run = Double(last.left + last.right - first.left - first.right)
    let rise = Double(last.top + last.bottom - first.top - first.bottom)
    slope = isUpright || abs(rise) > Crop.steepest * run || run <= 0 ? 0 : rise / run
    x = Double(boxes.map { $0.left + $0.right }.reduce(0, +)) / (2 * count)
    y = Double(boxes.map { $0.top + $0.bottom }.reduce(0, +)) / (2 * count)
    let height = Double(boxes.map(\.height).reduce(0, +)) / count
    let row = CellRow(boxes, height: height, middle: (x, y), slope: slope)
    cells = row.cells

    down = height / Double(Crop.digitHeight)
    let length = row.length / down
    let widening = min(max(Crop.pitch * count / max(length, 1), 1), Crop.widened)
    let needed = length * widening + 2 * Crop.margin
    width = Crop.widths.first { Double($0) >= needed } ?? Crop.widths[Crop.widths.count - 1]
    across = down / widening * max(1, needed / Double(width))
    centre = Double(first.left) + row.length / 2
  }

  /// The position in the row of cells of a column of the crop.
  func position(ofColumn column: Double) -> Double { centre + (column - Double(width) / 2) * across }

  /// The columns of the crop whose centres lie between two positions in the row of cells.
  public func columns(from left: Double, to right: Double) -> Range<Int> {
    let inside = (0..<width).filter { left..<max(left, right) ~= position(ofColumn: Double($0) + 0.5) }
    guard let first = inside.first, let last = inside.last else { return 0..<0 }
    return first..<last + 1
  }

  /// The place in the picture of a position in a cell, on the digits' line.
  func place(at position: Double, in cell: Cell) -> (x: Double, y: Double) {
    let x = position + cell.shift
    return (x, y + cell.fall + slope * (x - self.x))
  }

  /// The place in the picture of a column of the crop, on the digits' line.
  func place(column: Double) -> (x: Double, y: Double) {
    let position = position(ofColumn: column)
    return place(at: position, in: cells.last { $0.start <= position } ?? cells[0])
  }

  /// The columns of the crop that belong to each cell; cells without columns are left out.
  var columns: [(cell: Cell, columns: Range<Int>)] {
    let positions = (0..<width).map { position(ofColumn: Double($0) + 0.5) }
    let firsts = cells.map { cell in positions.firstIndex { $0 >= cell.start } ?? width }
    return zip(cells, zip(firsts, firsts.dropFirst() + [width])).compactMap { cell, ends in
      ends.0 < ends.1 ? (cell, ends.0..<ends.1) : nil
    }
  }
}

extension Crop {
  /// The constants of this file that affect which numbers are read, by name.
  static let constants: [String: [Double]] = [
    "height": [Double(height)], "digit_height": [Double(digitHeight)], "widths": widths.map { Double($0) },
    "widest_gap": [widestGap], "margin": [margin], "pitch": [pitch], "widened": [widened], "steepest": [steepest],
  ]
}
