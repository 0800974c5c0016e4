import DigitNet

/// The minimum gap at which neighbours on a path belong to two numbers.
///
/// A path is split by each of these rules in turn. The whole path and its parts are all candidates, and their readings decide.
enum Spacing: CaseIterable {
  /// A gap of a digit's height, and three quarters of it more than the path's usual gap: certainly two numbers.
  case loose
  /// A gap of half a digit's height, and half of it more than usual; or three quarters of it, if the gaps are uneven.
  case wide
  /// A gap of a tenth of a digit's height, and a sixth of it more than usual: there may be two numbers, with a dash between them
  /// or on separate plates. One in fifty correctly read numbers has such a gap.
  case narrow

  /// The minimum gap, in digit heights.
  private var minimum: Ratio {
    switch self {
    case .loose: Ratio(1, 1)
    case .wide: Ratio(1, 2)
    case .narrow: Ratio(1, 10)
    }
  }

  /// The minimum difference from the path's usual gap, in digit heights.
  private var excess: Ratio {
    switch self {
    case .loose: Ratio(3, 4)
    case .wide: Ratio(1, 2)
    case .narrow: Ratio(1, 6)
    }
  }

  /// The gap, in digit heights, that ends a number on a path with uneven gaps, whatever the usual gap.
  private static let far = Ratio(3, 4)

  /// The maximum difference of the widest and narrowest gap on an evenly spaced path, in digit heights.
  private static let unevenness = Ratio(2, 5)

  /// Whether a gap is wide, given the path's usual gap and the digits' height, all in pixels.
  private func isExceeded(by gap: Int, beside usual: Int, height: Int) -> Bool {
    minimum.isExceeded(by: gap, of: height) && excess.isExceeded(by: gap - usual, of: height)
  }

  /// Splits a path at the gaps between numbers.
  func split(_ path: [Digit]) -> [[Digit]] {
    guard path.count > 1 else { return [path] }
    let gaps = Gaps(path)
    let height = path.map(\.box.height).reduce(0, +) / path.count
    // Digits that were mounted one by one can be as far apart as two numbers, but they are evenly spaced.
    let isEven = path.count > 2 && !Spacing.unevenness.isExceeded(by: gaps.widest - gaps.narrowest, of: height)
    return zip(gaps.inOrder, path.dropFirst()).reduce(into: [[path[0]]]) { parts, next in
      let (gap, digit) = next
      let isFar = self != .loose && Spacing.far.isExceeded(by: gap, of: height) && !isEven
      if isFar || isExceeded(by: gap, beside: gaps.usual, height: height) {
        parts.append([digit])
      } else {
        parts[parts.count - 1].append(digit)
      }
    }
  }
}
