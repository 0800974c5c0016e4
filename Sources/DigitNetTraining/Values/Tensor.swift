/// The values of a layer for a batch of images, in one buffer: images of rows of columns of channels (NHWC).
public struct Tensor: Sendable, Hashable {
  /// Images of the batch.
  public let images: Int
  /// The size of each image's values.
  public let shape: Shape
  /// `images * shape.count` numbers, channels innermost.
  public var values: [Float]

  /// A tensor of zeros, or of one other number.
  public init(images: Int, shape: Shape, repeating value: Float = 0) {
    self.images = images
    self.shape = shape
    values = Array(repeating: value, count: images * shape.count)
  }

  /// Wraps numbers; their count must be that of the shape.
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

  /// Where the channels of a cell begin in ``values``.
  func index(image: Int, row: Int, column: Int) -> Int {
    ((image * shape.rows + row) * shape.columns + column) * shape.channels
  }

  /// The same numbers in another shape of as many values.
  func reshaped(to shape: Shape) -> Tensor { Tensor(images: images, shape: shape, values: values) }
}
