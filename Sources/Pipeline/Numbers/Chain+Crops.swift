import DigitNet

extension Chain {
  /// The crops in which the recogniser reads a candidate: around its digits, and with room for one more at either end.
  ///
  /// The detector may have missed a digit, and what is read in several crops is surer than in one. A stack has a crop for
  /// each of its digits.
  var crops: [Crop] {
    let boxes = digits.map(\.box)
    guard !isStack else { return boxes.map { Crop(around: [$0]) } }
    return [boxes, [neighbour(before: true)] + boxes, boxes + [neighbour(before: false)]].map(Crop.init(around:))
  }

  /// The box of a digit that would come before the first or after the last, on their line.
  private func neighbour(before: Bool) -> Box {
    let (first, last) = (digits[0].box, digits[digits.count - 1].box)
    let width = digits.map(\.box.width).reduce(0, +) / digits.count
    let (run, rise) = (last.left + last.right - first.left - first.right, last.top - first.top)
    let (end, way) = before ? (first, -1) : (last, 1)
    let fall = run > 0 ? 2 * rise * width / run : 0
    return Box(
      left: before ? end.left - width : end.right, top: end.top + way * fall, width: width, height: end.height)
  }
}
