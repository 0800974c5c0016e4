/// The rotation or reflection that turns a stored picture upright: EXIF's tag 0x0112.
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
  /// Needs a quarter turn clockwise.
  case quarterTurn = 6
  /// Rows stored as columns, upside down.
  case transverse = 7
  /// Needs a quarter turn counter-clockwise.
  case threeQuarterTurn = 8

  /// Whether width and height are exchanged.
  package var swapsSides: Bool { rawValue >= 5 }

  /// The positions of the stored picture's pixels in the upright picture.
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

/// The index of a stored pixel in the upright picture: `origin + x * right + y * down`.
struct Placement {
  /// The index of the first stored pixel.
  var origin: Int
  /// The increment per stored column.
  var right: Int
  /// The increment per stored row.
  var down: Int
}
