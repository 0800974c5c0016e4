/// How large an upright picture is.
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

  /// Width times height.
  public var pixels: Int { width * height }

  /// The size of the picture halved so many times, an odd last row or column dropped each time.
  func halved(times: Int) -> ImageSize { ImageSize(width: width >> times, height: height >> times) }
}

extension Image {
  /// How large it is.
  public var size: ImageSize { ImageSize(width: width, height: height) }
}
