package import StreetCore

/// What a picture's file says before its pixels.
package struct ImageHeader: Sendable, Hashable {
  /// How the file is coded.
  package let format: ImageFormat
  /// Width of the upright picture in pixels, at least 1.
  package let width: Int
  /// Height of the upright picture in pixels, at least 1.
  package let height: Int
  /// How the stored picture is turned to stand upright.
  package let orientation: Orientation
  /// Whether the rows of the upright picture can be decoded one by one from the top: they are stored so, in one pass.
  package let isSequential: Bool
  /// Width times height.
  package var pixels: Int { width * height }

  /// A header from the size as stored.
  init(
    format: ImageFormat, storedWidth: Int, storedHeight: Int, orientation: Orientation, inOnePass: Bool
  ) {
    self.format = format
    isSequential = inOnePass && (orientation == .upright || orientation == .mirrored)
    self.orientation = orientation
    (width, height) = orientation.swapsSides ? (storedHeight, storedWidth) : (storedWidth, storedHeight)
  }

  var storedWidth: Int { orientation.swapsSides ? height : width }
  var storedHeight: Int { orientation.swapsSides ? width : height }
}
