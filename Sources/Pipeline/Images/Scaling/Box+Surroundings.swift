package import DigitNet

extension Box {
  /// The part of a picture around a number that shows where the number hangs, with an aspect ratio of 4:3 if the
  /// picture is large enough. Like the box, it may end beyond the width, on the seam of a panorama.
  package func surrounded(in size: ImageSize) -> Box {
    // A unit is a third of the height and a quarter of the width, so that both are whole.
    let unit = max((12 * height + 4) / 5, 9 * width / 8, 48) / 3 + 1
    let (columns, rows) = (min(4 * unit, size.width), min(3 * unit, size.height))
    func start(_ middle: Int, _ length: Int, _ whole: Int) -> Int { min(max(middle - length / 2, 0), whole - length) }
    let whole = right > size.width ? 2 * size.width : size.width
    return Box(
      left: start(left + width / 2, columns, whole), top: start(top + height / 2, rows, size.height),
      width: columns, height: rows)
  }
}
