import DigitNet

/// How wide a gap between neighbours in a line has to be for them to belong to two numbers.
///
/// Where that is doubtful, the line as one number and as several are candidates, and how well each reads decides.
enum Spacing: CaseIterable {
  /// Half a digit's height, and half of it more than is usual in the line: surely two.
  case wide
  /// A tenth, and a sixth more: it may be two, with a dash between them or on plates of their own. Of the numbers that are
  /// read rightly one in fifty has such a gap.
  case narrow

  /// Whether a gap beside the usual one is wide for digits so high; all in pixels.
  private func isExceeded(by gap: Int, beside usual: Int, height: Int) -> Bool {
    switch self {
    case .wide: 2 * gap > height && 2 * (gap - usual) > height
    case .narrow: 10 * gap > height && 6 * (gap - usual) > height
    }
  }

  /// Splits a line, from left to right, between numbers that are neighbours.
  func split(_ line: [Digit]) -> [[Digit]] {
    guard line.count > 1 else { return [line] }
    let gaps = Gaps(line)
    let height = line.map(\.box.height).reduce(0, +) / line.count
    // Digits that were screwed on one by one stand as far from each other as numbers do, but evenly.
    let isSpacedOut = line.count > 2 && 5 * (gaps.widest - gaps.narrowest) <= 2 * height
    return zip(gaps.inOrder, line.dropFirst()).reduce(into: [[line[0]]]) { parts, next in
      let (gap, digit) = next
      let isFar = 4 * gap > 3 * height && !isSpacedOut
      if isFar || isExceeded(by: gap, beside: gaps.usual, height: height) {
        parts.append([digit])
      } else {
        parts[parts.count - 1].append(digit)
      }
    }
  }
}
