/// The size of an upright picture.
public struct ImageSize: Sendable, Hashable {
  /// Width in pixels, at least 1.
  public let width: Int
  /// Height in pixels, at least 1.
  public let height: Int

  /// A size from its sides.
  public init(width: Int, height: Int) {
    self.width = width
    self.height = height
  }

  /// The number of pixels; `Int.max` if there are more, as the header of a damaged file may state.
  public var pixels: Int { [width, height].saturatingProduct }

  /// The size after the given number of halvings, each of which drops an odd last row or column.
  func halved(times: Int) -> ImageSize { ImageSize(width: width >> times, height: height >> times) }
}

extension Image {
  /// The picture's size.
  public var size: ImageSize { ImageSize(width: width, height: height) }
}
