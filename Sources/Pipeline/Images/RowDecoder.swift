import StreetCore

/// A decoder for one picture that returns its rows in stored order, first to last.
///
/// Call ``readRow(into:columns:)`` for each row of each grid in turn, then ``finish()``.
protocol RowDecoder: ~Copyable {
  /// The format, upright size and orientation.
  var header: ImageHeader { get }
  /// The pixels that the rows hold: one grid of all pixels, or the passes of an interlaced picture.
  var grids: [Grid] { get }

  /// Reads the next row, of `columns` pixels, as RGB into the start of `row`, which has room for four bytes per stored
  /// column.
  mutating func readRow(into row: inout [UInt8], columns: Int) throws(ImageError)

  /// Skips `count` rows of a picture with one grid, fewer than remain; `row` is used as in ``readRow(into:columns:)``.
  mutating func skipRows(_ count: Int, _ row: inout [UInt8], columns: Int) throws(ImageError)

  /// Checks that the file is complete.
  mutating func finish() throws(ImageError)
}

extension RowDecoder where Self: ~Copyable {
  /// Reads and discards the rows, for formats in which each row depends on the previous one.
  mutating func skipRows(_ count: Int, _ row: inout [UInt8], columns: Int) throws(ImageError) {
    for _ in 0..<count { try readRow(into: &row, columns: columns) }
  }
}

/// A regular subset of the stored pixels, with a start and a step in both directions.
struct Grid: Sendable, Equatable {
  var firstColumn = 0
  var firstRow = 0
  var columnStep = 1
  var rowStep = 1

  /// The passes of Adam7 interlacing, in order (PNG specification, 8.2).
  static let adam7 = [
    Grid(firstColumn: 0, firstRow: 0, columnStep: 8, rowStep: 8),
    Grid(firstColumn: 4, firstRow: 0, columnStep: 8, rowStep: 8),
    Grid(firstColumn: 0, firstRow: 4, columnStep: 4, rowStep: 8),
    Grid(firstColumn: 2, firstRow: 0, columnStep: 4, rowStep: 4),
    Grid(firstColumn: 0, firstRow: 2, columnStep: 2, rowStep: 4),
    Grid(firstColumn: 1, firstRow: 0, columnStep: 2, rowStep: 2),
    Grid(firstColumn: 0, firstRow: 1, columnStep: 1, rowStep: 2),
  ]

  /// The number of columns of the grid in a picture of the given width; may be 0.
  func columns(ofWidth width: Int) -> Int { max(0, (width - firstColumn + columnStep - 1) / columnStep) }
}
