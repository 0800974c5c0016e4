import DigitNet

/// How wide a gap between neighbours on a path has to be for them to belong to two numbers.
///
/// Where that is doubtful, the path as one number and as several are candidates, and how well each reads decides.
enum Spacing: CaseIterable {
  /// A digit's height, and three quarters of it more than is usual on the path: surely two.
  case loose
  /// Half a digit's height, and half of it more; or three quarters where not all are as far apart.
  case wide
  /// A tenth, and a sixth more: it may be two, with a dash between them or on plates of their own. Of the numbers that are
  /// read rightly one in fifty has such a gap.
  case narrow

  /// Whether a gap beside the usual one is wide for digits so high; all in pixels.
  private func isExceeded(by gap: Int, beside usual: Int, height: Int) -> Bool {
    switch self {
    case .loose: gap > height && 4 * (gap - usual) > 3 * height
    case .wide: 2 * gap > height && 2 * (gap - usual) > height
    case .narrow: 10 * gap > height && 6 * (gap - usual) > height
    }
  }

  /// Splits a path between numbers that are neighbours.
  func split(_ path: [Digit]) -> [[Digit]] {
    guard path.count > 1 else { return [path] }
    let gaps = Gaps(path)
    let height = path.map(\.box.height).reduce(0, +) / path.count
    // Digits that were screwed on one by one stand as far from each other as numbers do, but evenly.
    let isSpacedOut = path.count > 2 && 5 * (gaps.widest - gaps.narrowest) <= 2 * height
    return zip(gaps.inOrder, path.dropFirst()).reduce(into: [[path[0]]]) { parts, next in
      let (gap, digit) = next
      let isFar = self != .loose && 4 * gap > 3 * height && !isSpacedOut
      if isFar || isExceeded(by: gap, beside: gaps.usual, height: height) {
        parts.append([digit])
      } else {
        parts[parts.count - 1].append(digit)
      }
    }
  }
}
