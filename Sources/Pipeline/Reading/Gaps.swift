import DigitNet

/// The gaps between neighbouring digits of a path, in pixels; negative where boxes overlap. A single digit has no gaps;
/// its narrowest, usual and widest are 0.
struct Gaps {
  /// The gaps in reading order.
  let inOrder: [Int]
  /// The minimum, the median (the lower of two) and the maximum.
  let narrowest, usual, widest: Int

  init(_ path: [Digit]) {
    inOrder = zip(path, path.dropFirst()).map { $0.box.gap(to: $1.box) }
    let sorted = inOrder.isEmpty ? [0] : inOrder.sorted()
    (narrowest, usual, widest) = (sorted[0], sorted[(sorted.count - 1) / 2], sorted[sorted.count - 1])
  }
}
