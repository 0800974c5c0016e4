/// A band of neighbouring rows of a picture in one piece of memory. A picture that is streamed is never in memory as a
/// whole.
public struct Band: Sendable {
  /// The rows.
  public let image: Image
  /// The position of the band's first row in the picture.
  public let firstRow: Int
  /// The height of the whole picture.
  public let height: Int

  /// A band of a picture.
  public init(_ image: Image, firstRow: Int, height: Int) {
    precondition(firstRow >= 0 && firstRow + image.height <= height)
    self.image = image
    self.firstRow = firstRow
    self.height = height
  }

  /// A whole picture as one band.
  public init(_ image: Image) { self.init(image, firstRow: 0, height: image.height) }
}
