import DigitNet

/// How well a chain's digits keep to one height, one line and one distance; 0 is perfect.
struct ChainShape {
  /// What the lowest digit lacks of the tallest one's height, as a share.
  let unevenHeights: Double
  /// The farthest that a digit's centre is from the line through the first and the last, in digit heights.
  let offTheLine: Double
  /// The difference of the widest and the narrowest step from centre to centre, in digit heights.
  let unevenGaps: Double
  /// By how much the widest gap between neighbours in a line exceeds the usual one, in digit heights; 0 in a stack.
  let widerGap: Double

  init(_ chain: Chain) {
    let boxes = chain.digits.map(\.box)
    let heights = boxes.map { Double($0.height) }
    unevenHeights = 1 - (heights.min() ?? 1) / (heights.max() ?? 1)
    // Along the chain, and across it.
    let centres = boxes.map { box in
      let centre = (Double(box.left + box.right) / 2, Double(box.top + box.bottom) / 2)
      return chain.isStack ? (along: centre.1, across: centre.0) : (along: centre.0, across: centre.1)
    }
    let (first, last) = (centres[0], centres[centres.count - 1])
    let slope = last.along > first.along ? (last.across - first.across) / (last.along - first.along) : 0
    let offsets = centres.map { abs($0.across - first.across - slope * ($0.along - first.along)) }
    offTheLine = (offsets.max() ?? 0) / chain.height
    let steps = zip(centres, centres.dropFirst()).map { $1.along - $0.along }
    let gaps = Gaps(chain.digits)
    widerGap = chain.isStack ? 0 : Double(gaps.widest - gaps.usual) / chain.height
    unevenGaps = ((steps.max() ?? 0) - (steps.min() ?? 0)) / chain.height
  }
}
