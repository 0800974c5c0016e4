/// The output of one layer for a whole picture: rows of columns of channels.
public struct FeatureMap: Sendable, Equatable {
  /// Height, width and channels.
  public let rows, columns, channels: Int
  /// `rows * columns * channels` integers, channels innermost.
  public var values: [Int32]

  /// A map of zeros.
  public init(rows: Int, columns: Int, channels: Int) {
    (self.rows, self.columns, self.channels) = (rows, columns, channels)
    values = Array(repeating: 0, count: rows * columns * channels)
  }

  /// The network's input: the upper 7 of the 8 bits of each channel.
  public init(_ image: Image) {
    self.init(rows: image.height, columns: image.width, channels: Image.channels)
    values = image.pixels.map { Int32($0 >> 1) }
  }

  /// One value; zero outside the map, which serves as a convolution's padding.
  public subscript(row: Int, column: Int, channel: Int) -> Int32 {
    get {
      guard row >= 0, row < rows, column >= 0, column < columns else { return 0 }
      return values[(row * columns + column) * channels + channel]
    }
    set { values[(row * columns + column) * channels + channel] = newValue }
  }
}
