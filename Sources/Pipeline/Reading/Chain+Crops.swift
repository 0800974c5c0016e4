import DigitNet

extension Chain {
  /// The crops in which the recogniser reads a candidate: one around its digits, and two with room for one more digit
  /// at either end.
  ///
  /// The detector may have missed a digit, and reading several crops is more reliable than reading one. For the only
  /// detected digit of a stack, each crop has room for a digit above and a digit below, at one of three distances.
  var crops: [Crop] {
    let boxes = digits.map(\.box)
    guard leastLength == 1 else {
      return Chain.steps.map { Crop(around: stack(of: boxes[0], step: $0), isUpright: true) }
    }
    return [boxes, [neighbour(before: true)] + boxes, boxes + [neighbour(before: false)]]
      .map { Crop(around: $0, isUpright: isUpright) }
  }

  /// The distances between the centres of neighbouring digits of a stack, in percent of their height.
  private static let steps = [140, 120, 165]

  /// The widest gap that crops show whole, in digit heights: ``Crop/widestGap``.
  private static let seamless = Ratio(2, 5)

  /// The minimum ``ChainShape/offTheLine`` of digits that do not form a straight line.
  private static let straight = 0.15

  private func stack(of box: Box, step: Int) -> [Box] {
    [-1, 0, 1].map { place in
      Box(left: box.left, top: box.top + place * box.height * step / 100, width: box.width, height: box.height)
    }
  }

  /// The box of a digit before the first or after the last: next to it in a plain line, otherwise one more step along
  /// the path.
  private func neighbour(before: Bool) -> Box {
    let boxes = before ? digits.map(\.box) : digits.map(\.box).reversed()
    let width = boxes.map(\.width).reduce(0, +) / boxes.count
    guard boxes.count > 1, !isPlain else { return besides(before: before, width: width) }
    let middles = boxes.prefix(3).map(\.middle)
    let bend = middles.count > 2 ? middles[0].y - 2 * middles[1].y + middles[2].y : 0
    let most = boxes[0].height  // twice half a digit's height
    let x = 2 * middles[0].x - middles[1].x
    let y = 2 * middles[0].y - middles[1].y + min(max(bend, -most), most)
    return Box(left: (x - width) / 2, top: (y - boxes[0].height) / 2, width: width, height: boxes[0].height)
  }

  /// Whether the digits form a straight line without wide gaps, so that the crop is cut without a seam.
  private var isPlain: Bool {
    !isUpright && !Chain.seamless.isExceeded(by: Gaps(digits).widest, of: Int(height))
      && ChainShape(self).offTheLine < Chain.straight
  }

  private func besides(before: Bool, width: Int) -> Box {
    let (first, last) = (digits[0].box, digits[digits.count - 1].box)
    let (run, rise) = (last.left + last.right - first.left - first.right, last.top - first.top)
    let (end, way) = before ? (first, -1) : (last, 1)
    let fall = run > 0 ? 2 * rise * width / run : 0
    return Box(
      left: before ? end.left - width : end.right, top: end.top + way * fall, width: width, height: end.height)
  }
}

extension Chain {
  /// The constants of this file that affect which numbers are read, by name; see ``NumberReader/identity``.
  static let constants: [String: [Double]] = ["steps": steps.map { Double($0) }]
}
