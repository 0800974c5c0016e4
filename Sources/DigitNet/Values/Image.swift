/// An upright picture in memory: RGB, 8 bits per channel, rows from the top, without padding.
public struct Image: Sendable, Equatable {
  /// Width in pixels, at least 1.
  public let width: Int
  /// Height in pixels, at least 1.
  public let height: Int
  /// `3 * width * height` bytes: red, green and blue of each pixel.
  public var pixels: [UInt8]

  /// Bytes of one pixel.
  public static let channels = 3

  /// Wraps decoded pixels.
  public init(width: Int, height: Int, pixels: [UInt8]) {
    precondition(width > 0 && height > 0 && pixels.count == Image.channels * width * height)
    self.width = width
    self.height = height
    self.pixels = pixels
  }
}
