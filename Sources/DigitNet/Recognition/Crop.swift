/// Where the crop of a candidate lies in its picture: digits ``digitHeight`` pixels high, in a row of cells, one for each digit.
///
/// People hang digits in lines, stacks, diagonals and arcs: a cell for each, side by side in reading order, makes a line of all,
/// and what is beyond its ends continues as the digits' path does, for one that was missed. A wall that recedes slants a line
/// of digits but leaves their uprights upright, so a line is levelled by shearing, not by turning. It narrows the digits,
/// too, as some typefaces do: narrow ones are widened, since a recogniser's columns are four pixels wide, and it needs a few of
/// them for each digit. The cells of a plain line join without a seam. scripts/train/crops.py cuts the crops of training by
/// the same rule.
public struct Crop: Sendable, Hashable {
  /// Width in pixels: one of ``widths``.
  public let width: Int
  /// The place in the row of cells of the crop's middle, in pixels of the picture like that of the first digit's cell.
  let centre: Double
  /// The mean of the digits' middles, in pixels of the picture.
  let x, y: Double
  /// How far the line falls with each pixel to the right; 0 where digits are upright, whatever their path is.
  let slope: Double
  /// Pixels of the picture that one of the crop is wide and high; they differ where narrow digits are widened, and where a
  /// long line is squeezed.
  let across, down: Double
  /// From left to right; at least one.
  let cells: [Cell]

  /// Height of every crop in pixels.
  public static let height = 48
  /// What the digits' mean height becomes.
  public static let digitHeight = 30
  /// The widths that a crop can have; the narrowest is taken that leaves room for a missed digit on both sides.
  public static let widths = [64, 96, 144]

  /// The widest gap between two digits that is shown, in digit heights; the middle of a wider one is left out.
  public static let widestGap = 0.4

  private static let margin = 18.0
  /// Pixels of the crop to which narrower digits are widened, and how far at most.
  private static let pitch = 18.0
  private static let widened = 1.5
  /// The slope of the steepest line that can be levelled.
  public static let steepest = 1.2

  /// The crop around the boxes of digits in reading order, at least one.
  ///
  /// - Parameter isUpright: whether each digit is upright by itself, as in stacks and diagonals, or leans with the line, which
  ///   is then levelled. A line steeper than ``steepest`` is not levelled in either case.
  public init(around boxes: [Box], isUpright: Bool = false) {
    precondition(!boxes.isEmpty)
    let count = Double(boxes.count)
    let (first, last) = (boxes[0], boxes[boxes.count - 1])
    // Twice the way between the first and the last digit's centres.
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

  /// The place in the row of cells of a column, counted from the crop's left side.
  func position(ofColumn column: Double) -> Double { centre + (column - Double(width) / 2) * across }

  /// The columns whose middles lie between two places in the row of cells, as far as the crop has them.
  public func columns(from left: Double, to right: Double) -> Range<Int> {
    let inside = (0..<width).filter { left..<max(left, right) ~= position(ofColumn: Double($0) + 0.5) }
    guard let first = inside.first, let last = inside.last else { return 0..<0 }
    return first..<last + 1
  }

  /// The place in the picture of a position in the row of cells, on the line of digits.
  func place(at position: Double, in cell: Cell) -> (x: Double, y: Double) {
    let x = position + cell.shift
    return (x, y + cell.fall + slope * (x - self.x))
  }

  /// The place in the picture of a column of the crop, on the line of digits.
  func place(column: Double) -> (x: Double, y: Double) {
    let position = position(ofColumn: column)
    return place(at: position, in: cells.last { $0.start <= position } ?? cells[0])
  }

  /// The columns that each cell has in the crop, of those that have some.
  var columns: [(cell: Cell, columns: Range<Int>)] {
    let positions = (0..<width).map { position(ofColumn: Double($0) + 0.5) }
    let firsts = cells.map { cell in positions.firstIndex { $0 >= cell.start } ?? width }
    return zip(cells, zip(firsts, firsts.dropFirst() + [width])).compactMap { cell, ends in
      ends.0 < ends.1 ? (cell, ends.0..<ends.1) : nil
    }
  }
}

extension Crop {
  /// What of the above decides numbers, by name.
  static let constants: [String: [Double]] = [
    "height": [Double(height)], "digit_height": [Double(digitHeight)], "widths": widths.map { Double($0) },
    "widest_gap": [widestGap], "margin": [margin], "pitch": [pitch], "widened": [widened], "steepest": [steepest],
  ]
}
