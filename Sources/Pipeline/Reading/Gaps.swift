import DigitNet

/// The gaps between neighbours on a path of digits, in pixels; where boxes overlap they are negative. A digit alone has none, and
/// zeros stand for them.
struct Gaps {
  /// In reading order.
  let inOrder: [Int]
  /// The narrowest, the median (of two the lower) and the widest.
  let narrowest, usual, widest: Int

  init(_ path: [Digit]) {
    inOrder = zip(path, path.dropFirst()).map { $0.box.gap(to: $1.box) }
    let sorted = inOrder.isEmpty ? [0] : inOrder.sorted()
    (narrowest, usual, widest) = (sorted[0], sorted[(sorted.count - 1) / 2], sorted[sorted.count - 1])
  }
}
