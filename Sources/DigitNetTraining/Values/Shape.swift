import DigitNet

/// The shape of one image's values in a layer: rows of columns of channels.
public struct Shape: Sendable, Hashable, Codable, CustomStringConvertible {
  /// Height in cells.
  public var rows: Int
  /// Width in cells.
  public var columns: Int
  /// Values per cell.
  public var channels: Int

  /// A shape from its sides.
  public init(rows: Int, columns: Int, channels: Int) {
    self.rows = rows
    self.columns = columns
    self.channels = channels
  }

  /// A shape of one cell, such as a dense layer's output.
  public init(channels: Int) { self.init(rows: 1, columns: 1, channels: channels) }

  /// The number of cells.
  public var cells: Int { rows * columns }

  /// The number of values.
  public var count: Int { rows * columns * channels }

  /// The maximum number of values of an image in a layer.
  static let maximumCount = 1 << 28

  /// Whether the number of values is at least 1 and at most the maximum.
  var isAllowed: Bool {
    min(rows, columns, channels) > 0 && [rows, columns, channels].saturatingProduct <= Shape.maximumCount
  }

  /// The sides, such as `28x28x1`.
  public var description: String { "\(rows)x\(columns)x\(channels)" }
}
