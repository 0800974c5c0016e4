import StreetCore

/// A decoder of one picture that gives its rows as they are stored, first to last.
///
/// Call ``readRow(into:columns:)`` for each row of each grid in turn, then ``finish()``.
protocol RowDecoder: ~Copyable {
  /// Format, upright size and orientation.
  var header: ImageHeader { get }
  /// Which pixels the rows hold: one grid of all, or the passes of an interlaced picture.
  var grids: [Grid] { get }

  /// Reads the next row, of so many pixels, as RGB into the start of `row`, which has room for four bytes a
  /// stored column.
  mutating func readRow(into row: inout [UInt8], columns: Int) throws(ImageError)

  /// Passes over so many rows of a picture of one grid, fewer than are left; `row` is as in ``readRow(into:columns:)``.
  mutating func skipRows(_ count: Int, _ row: inout [UInt8], columns: Int) throws(ImageError)

  /// Checks that the file is whole to its end.
  mutating func finish() throws(ImageError)
}

extension RowDecoder where Self: ~Copyable {
  /// Reads them, as formats have it in which each row builds on the one before.
  mutating func skipRows(_ count: Int, _ row: inout [UInt8], columns: Int) throws(ImageError) {
    for _ in 0..<count { try readRow(into: &row, columns: columns) }
  }
}

/// Every so-manieth pixel of the stored picture, both ways.
struct Grid: Sendable, Equatable {
  var firstColumn = 0
  var firstRow = 0
  var columnStep = 1
  var rowStep = 1

  /// Adam7's passes, in order (PNG specification, 8.2).
  static let adam7 = [
    Grid(firstColumn: 0, firstRow: 0, columnStep: 8, rowStep: 8),
    Grid(firstColumn: 4, firstRow: 0, columnStep: 8, rowStep: 8),
    Grid(firstColumn: 0, firstRow: 4, columnStep: 4, rowStep: 8),
    Grid(firstColumn: 2, firstRow: 0, columnStep: 4, rowStep: 4),
    Grid(firstColumn: 0, firstRow: 2, columnStep: 2, rowStep: 4),
    Grid(firstColumn: 1, firstRow: 0, columnStep: 2, rowStep: 2),
    Grid(firstColumn: 0, firstRow: 1, columnStep: 1, rowStep: 2),
  ]

  /// How many columns of a picture of this width the grid has, maybe none.
  func columns(ofWidth width: Int) -> Int { max(0, (width - firstColumn + columnStep - 1) / columnStep) }
}
