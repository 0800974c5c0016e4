/// A part of a crop's row of cells: what lies at its positions is found elsewhere in the picture, shifted.
struct Cell: Sendable, Hashable {
  /// Its first position in the row; the first cell's is minus infinity.
  let start: Double
  /// How much further right than its position a place lies in the picture, and how much lower than the line; in pixels.
  let shift, fall: Double
}
