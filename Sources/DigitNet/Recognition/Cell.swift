/// One cell of a crop's row: maps positions in the row to places in the picture by a shift.
struct Cell: Sendable, Hashable {
  /// The first position in the row; minus infinity for the first cell.
  let start: Double
  /// The offset of the place in the picture from the position: `shift` to the right, and `fall` below the line; in
  /// pixels.
  let shift, fall: Double
}
