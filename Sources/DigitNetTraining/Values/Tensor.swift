/// The values of a layer for a batch of images, in one buffer: images of rows of columns of channels (NHWC).
public struct Tensor: Sendable, Hashable {
  /// The number of images in the batch.
  public let images: Int
  /// The shape of each image's values.
  public let shape: Shape
  /// `images * shape.count` numbers, channels innermost.
  public var values: [Float]

  /// A tensor filled with one number, 0 by default.
  public init(images: Int, shape: Shape, repeating value: Float = 0) {
    self.images = images
    self.shape = shape
    values = Array(repeating: value, count: images * shape.count)
  }

  /// Wraps numbers; their count must equal that of the shape.
  public init(images: Int, shape: Shape, values: [Float]) {
    precondition(values.count == images * shape.count, "\(values.count) values are not \(images) images of \(shape)")
    self.images = images
    self.shape = shape
    self.values = values
  }

  /// The channels of one cell.
  public func cell(image: Int, row: Int, column: Int) -> ArraySlice<Float> {
    let first = index(image: image, row: row, column: column)
    return values[first..<first + shape.channels]
  }

  /// The index in ``values`` of the first channel of a cell.
  func index(image: Int, row: Int, column: Int) -> Int {
    ((image * shape.rows + row) * shape.columns + column) * shape.channels
  }
}
