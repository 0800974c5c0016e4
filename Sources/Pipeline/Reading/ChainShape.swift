import DigitNet

/// How well a chain's digits keep to one height, one straight path and one distance; 0 is perfect.
struct ChainShape {
  /// What the lowest digit lacks of the tallest one's height, as a share.
  let unevenHeights: Double
  /// The farthest that a digit's centre is from the straight line through the first and the last, in digit heights.
  let offTheLine: Double
  /// The difference of the longest and the shortest step from centre to centre, in digit heights.
  let unevenSteps: Double
  /// By how much the widest gap between neighbours exceeds the usual one, in digit heights.
  let widerGap: Double
  /// The widest gap between neighbours, in digit heights; 0 where they overlap.
  let widestGap: Double
  /// How steep the way from the first to the last is: 0 is level, 1 straight down or up.
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
