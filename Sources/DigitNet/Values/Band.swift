/// Neighbouring rows of a picture, as one piece of memory; of a picture that is streamed no more is at hand at once.
public struct Band: Sendable {
  /// The rows.
  public let image: Image
  /// Where the first of them lies in the picture.
  public let firstRow: Int
  /// Rows of the whole picture.
  public let height: Int

  /// A part of a picture.
  public init(_ image: Image, firstRow: Int, height: Int) {
    precondition(firstRow >= 0 && firstRow + image.height <= height)
    self.image = image
    self.firstRow = firstRow
    self.height = height
  }

  /// A whole picture.
  public init(_ image: Image) { self.init(image, firstRow: 0, height: image.height) }
}
