import DigitNet

/// How far a chain's digits deviate from equal heights, a straight path and equal distances; 0 is no deviation.
struct ChainShape {
  /// The difference in height of the tallest and the shortest digit, as a share of the tallest one's height.
  let unevenHeights: Double
  /// The maximum distance of a digit's centre from the straight line through the first and last centres, in digit
  /// heights.
  let offTheLine: Double
  /// The difference of the longest and the shortest step from centre to centre, in digit heights.
  let unevenSteps: Double
  /// The widest gap between neighbours minus the usual gap, in digit heights.
  let widerGap: Double
  /// The widest gap between neighbours, in digit heights; 0 if all overlap.
  let widestGap: Double
  /// The steepness of the path from the first to the last digit: 0 is level, 1 is vertical.
  let steepness: Double

  init(_ chain: Chain) {
    let boxes = chain.digits.map(\.box)
    let heights = boxes.map { Double($0.height) }
    unevenHeights = 1 - (heights.min() ?? 1) / (heights.max() ?? 1)
    let centres = boxes.map { (x: Double($0.middle.x) / 2, y: Double($0.middle.y) / 2) }
    let (first, last) = (centres[0], centres[centres.count - 1])
    let way = (x: last.x - first.x, y: last.y - first.y)
    let length = (way.x * way.x + way.y * way.y).squareRoot()
    let offsets = centres.map { centre in
      length > 0 ? abs((centre.x - first.x) * way.y - (centre.y - first.y) * way.x) / length : 0
    }
    offTheLine = (offsets.max() ?? 0) / chain.height
    steepness = length > 0 ? abs(way.y) / (abs(way.x) + abs(way.y)) : 0
    let steps = zip(centres, centres.dropFirst()).map { before, after in
      ((after.x - before.x) * (after.x - before.x) + (after.y - before.y) * (after.y - before.y)).squareRoot()
    }
    unevenSteps = ((steps.max() ?? 0) - (steps.min() ?? 0)) / chain.height
    let gaps = Gaps(chain.digits)
    widerGap = Double(gaps.widest - gaps.usual) / chain.height
    widestGap = Double(max(gaps.widest, 0)) / chain.height
  }
}
