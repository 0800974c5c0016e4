/// Where the crop of a candidate lies in its picture: digits ``digitHeight`` pixels high, in a line across its middle.
///
/// A wall that recedes slants a line of digits but leaves their uprights upright, so the line is levelled by shearing, not
/// by turning. It narrows the digits, too, as some typefaces do: narrow ones are widened, since a recogniser's columns are
/// four pixels wide, and it needs a few of them for each digit. scripts/train/crops.py cuts the crops of training by the
/// same rule.
public struct Crop: Sendable, Hashable {
  /// Width in pixels: one of ``widths``.
  public let width: Int
  /// The middle of the crop, in pixels of the picture.
  let x, y: Double
  /// How far the line falls with each pixel to the right.
  let slope: Double
  /// Pixels of the picture that one of the crop is wide and high; they differ where narrow digits are widened, and where a
  /// long line is squeezed.
  let across, down: Double

  /// Height of every crop in pixels.
  public static let height = 48
  /// What the digits' mean height becomes.
  public static let digitHeight = 30
  /// The widths that a crop can have; the narrowest is taken that leaves room for a missed digit on both sides.
  public static let widths = [64, 96, 144]

  private static let margin = 18.0
  /// Pixels of the crop to which narrower digits are widened, and how far at most.
  private static let pitch = 18.0
  private static let widened = 1.5
  private static let steepest = 0.7

  /// The crop around the boxes of digits in reading order, at least one.
  public init(around boxes: [Box]) {
    precondition(!boxes.isEmpty)
    let count = Double(boxes.count)
    let (first, last) = (boxes[0], boxes[boxes.count - 1])
    let left = Double(boxes.map(\.left).min() ?? 0)
    let right = Double(boxes.map(\.right).max() ?? 0)
    // Twice the way between the first and the last digit's centres.
    let run = Double(last.left + last.right - first.left - first.right)
    let rise = Double(last.top + last.bottom - first.top - first.bottom)
    slope = run > 0 ? min(max(rise / run, -Crop.steepest), Crop.steepest) : 0
    down = Double(boxes.map(\.height).reduce(0, +)) / count / Double(Crop.digitHeight)
    let length = (right - left) / down
    let widening = min(max(Crop.pitch * count / max(length, 1), 1), Crop.widened)
    let needed = length * widening + 2 * Crop.margin
    width = Crop.widths.first { Double($0) >= needed } ?? Crop.widths[Crop.widths.count - 1]
    across = down / widening * max(1, needed / Double(width))
    x = (left + right) / 2
    let centre = Double(boxes.map { $0.left + $0.right }.reduce(0, +)) / (2 * count)
    y = Double(boxes.map { $0.top + $0.bottom }.reduce(0, +)) / (2 * count) + slope * (x - centre)
  }

  /// The place in the picture of a column of the crop, on the line of digits.
  func place(column: Double) -> (x: Double, y: Double) {
    let offset = (column - Double(width) / 2) * across
    return (x + offset, y + slope * offset)
  }
}
