/// How a stored picture has to be turned to stand upright: EXIF's tag 0x0112.
package enum Orientation: Int, Sendable, Hashable, CaseIterable {
  /// Stored upright.
  case upright = 1
  /// Mirrored left to right.
  case mirrored = 2
  /// Upside down.
  case halfTurn = 3
  /// Mirrored top to bottom.
  case flipped = 4
  /// Rows stored as columns.
  case transposed = 5
  /// To be turned clockwise by a quarter.
  case quarterTurn = 6
  /// Rows stored as columns, upside down.
  case transverse = 7
  /// To be turned counter-clockwise by a quarter.
  case threeQuarterTurn = 8

  /// Whether the upright picture is as wide as the stored one is high.
  package var swapsSides: Bool { rawValue >= 5 }

  /// Where the pixels of a stored picture belong in the upright one.
  func placement(storedWidth width: Int, storedHeight height: Int) -> Placement {
    let last = width * height - 1
    return switch self {
    case .upright: Placement(origin: 0, right: 1, down: width)
    case .mirrored: Placement(origin: width - 1, right: -1, down: width)
    case .halfTurn: Placement(origin: last, right: -1, down: -width)
    case .flipped: Placement(origin: last - (width - 1), right: 1, down: -width)
    case .transposed: Placement(origin: 0, right: height, down: 1)
    case .quarterTurn: Placement(origin: height - 1, right: height, down: -1)
    case .transverse: Placement(origin: last, right: -height, down: -1)
    case .threeQuarterTurn: Placement(origin: last - (height - 1), right: -height, down: 1)
    }
  }
}

/// Indices of pixels in the upright picture, by their place in the stored one: `origin + x * right + y * down`.
struct Placement {
  /// Index of the stored picture's first pixel.
  var origin: Int
  /// What one stored column adds.
  var right: Int
  /// What one stored row adds.
  var down: Int
}
