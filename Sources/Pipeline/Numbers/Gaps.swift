import DigitNet

/// The gaps between neighbours in a line of digits, in pixels; where boxes overlap they are negative. A digit alone has none,
/// and zeros stand for them.
struct Gaps {
  /// From left to right.
  let inOrder: [Int]
  /// The narrowest, the median (of two the lower) and the widest.
  let narrowest, usual, widest: Int

  init(_ line: [Digit]) {
    inOrder = zip(line, line.dropFirst()).map { $1.box.left - $0.box.right }
    let sorted = inOrder.isEmpty ? [0] : inOrder.sorted()
    (narrowest, usual, widest) = (sorted[0], sorted[(sorted.count - 1) / 2], sorted[sorted.count - 1])
  }
}
