/// The detector's highest digit probability in each cell of a pyramid level.
public struct EvidenceMap: Sendable, Equatable {
  /// A pixel of the level is `2^exponent` pixels of the picture wide.
  public let exponent: Int
  /// Pixels of the level per side of a cell.
  public let stride: Int
  /// Number of cells in a row.
  public let columns: Int
  /// Number of rows of cells.
  public let rows: Int
  /// The highest digit probability in each cell, in 1/255, row by row from the top; 0 where the gate excluded the cell.
  public internal(set) var scores: [UInt8]

  /// A map of zeros.
  init(exponent: Int, size: ImageSize, engine: Engine) {
    (self.exponent, stride) = (exponent, engine.network.stride)
    (columns, rows) = (engine.cells(along: size.width, \.columns), engine.cells(along: size.height))
    scores = Array(repeating: 0, count: columns * rows)
  }

  /// The probability, 0...1, at a point of the picture in pixels from the top left, interpolated bilinearly between the
  /// centres of the cells.
  public func probability(x: Double, y: Double) -> Double {
    let side = Double(stride) * (exponent < 0 ? 0.5 : Double(1 << exponent))
    let (column, row) = (x / side - 0.5, y / side - 0.5)
    let (left, top) = (column.rounded(.down), row.rounded(.down))
    let (across, down) = (column - left, row - top)
    func score(_ column: Double, _ row: Double) -> Double {
      let (column, row) = (min(max(Int(column), 0), columns - 1), min(max(Int(row), 0), rows - 1))
      return Double(scores[row * columns + column])
    }
    let upper = score(left, top) * (1 - across) + score(left + 1, top) * across
    let lower = score(left, top + 1) * (1 - across) + score(left + 1, top + 1) * across
    return (upper * (1 - down) + lower * down) / 255
  }
}
