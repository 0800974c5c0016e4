package import StreetCore

/// The properties of a picture that precede its pixels in the file.
package struct ImageHeader: Sendable, Hashable {
  /// The file's format.
  package let format: ImageFormat
  /// Width of the upright picture in pixels, at least 1.
  package let width: Int
  /// Height of the upright picture in pixels, at least 1.
  package let height: Int
  /// The rotation or reflection that turns the stored picture upright.
  package let orientation: Orientation
  /// Whether the rows of the upright picture can be decoded from top to bottom: they are stored in this order, in a
  /// single pass.
  package let isSequential: Bool
  /// The number of pixels.
  package var pixels: Int { width * height }

  /// A header from the size of the stored picture.
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
