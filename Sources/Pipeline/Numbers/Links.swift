import DigitNet

/// Links digits to their neighbours along one direction.
struct Links {
  enum Direction {
    /// From left to right, slanted by up to about 30 degrees.
    case across
    /// From top to bottom.
    case down
  }

  let direction: Direction

  /// Chains in reading order; a digit without a neighbour is a chain of one.
  ///
  /// Two digits are linked where each is the other's nearest on its side, so that a digit between two never falls out.
  func chains(of digits: [Digit]) -> [[Digit]] {
    var after: [Int?] = Array(repeating: nil, count: digits.count)
    var before = after
    for i in digits.indices {
      after[i] = nearest(to: i, in: digits) { linked(digits[i].box, $0) }
      before[i] = nearest(to: i, in: digits) { linked($0, digits[i].box) }
    }
    let next = digits.indices.map { i in after[i].flatMap { before[$0] == i ? $0 : nil } }
    var hasPrevious = Array(repeating: false, count: digits.count)
    for case let j? in next { hasPrevious[j] = true }
    return digits.indices.filter { !hasPrevious[$0] }.map { first in
      sequence(first: first) { next[$0] }.map { digits[$0] }
    }
  }

  private func nearest(to i: Int, in digits: [Digit], where linked: (Box) -> Bool) -> Int? {
    digits.indices.filter { $0 != i && linked(digits[$0].box) }.min {
      (distance(digits[i].box, digits[$0].box), $0) < (distance(digits[i].box, digits[$1].box), $1)
    }
  }

  /// Twice the distance of the centres, along the direction and across it.
  private func distance(_ a: Box, _ b: Box) -> Int {
    abs(b.left + b.right - a.left - a.right) + abs(b.top + b.bottom - a.top - a.bottom)
  }

  /// Whether `b` can follow `a`: like heights, no farther than a digit is high, in a line.
  private func linked(_ a: Box, _ b: Box) -> Bool {
    let (small, large) = (min(a.height, b.height), max(a.height, b.height))
    guard 10 * large <= 16 * small else { return false }
    let dx = b.left + b.right - a.left - a.right  // twice the way from centre to centre
    let dy = b.top + b.bottom - a.top - a.bottom
    switch direction {
    case .across:
      // tan 30° is about 4/7; the rest allows for boxes that sit unevenly.
      return dx > 0 && b.left - a.right <= large && 7 * abs(dy) <= 4 * dx + 3 * large
    case .down:
      return dy > small && b.top - a.bottom <= small && 2 * abs(dx) <= small
    }
  }
}
