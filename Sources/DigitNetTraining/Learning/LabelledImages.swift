/// Grey images of one size with a label each, such as MNIST's.
public struct LabelledImages: Sendable {
  /// The size of an image; one channel.
  public let shape: Shape
  /// A byte for each cell of each image; 0 is the background.
  public let pixels: [UInt8]
  /// What each image shows.
  public let labels: [UInt8]

  /// Images from their parts; the counts must agree.
  public init(shape: Shape, pixels: [UInt8], labels: [UInt8]) {
    precondition(pixels.count == labels.count * shape.count)
    self.shape = shape
    self.pixels = pixels
    self.labels = labels
  }

  /// How many there are.
  public var count: Int { labels.count }

  /// The pixels of one image.
  public func pixels(of image: Int) -> ArraySlice<UInt8> { pixels[image * shape.count..<(image + 1) * shape.count] }

  /// Some of the images, in this order.
  public func subset(_ order: some Sequence<Int>) -> LabelledImages {
    var (pixels, labels): ([UInt8], [UInt8]) = ([], [])
    for image in order {
      pixels += self.pixels(of: image)
      labels.append(self.labels[image])
    }
    return LabelledImages(shape: shape, pixels: pixels, labels: labels)
  }

  /// Some of the images as a network takes them, 0...1, each moved as `shift` says.
  public func batch(_ images: ArraySlice<Int>, shift: (_ image: Int) -> (rows: Int, columns: Int)? = { _ in nil })
    -> Tensor
  {
    var values: [Float] = []
    values.reserveCapacity(images.count * shape.count)
    for image in images {
      if let shift = shift(image), shift != (0, 0) {
        append(image, movedBy: shift, to: &values)
      } else {
        for pixel in pixels(of: image) { values.append(LabelledImages.values[Int(pixel)]) }
      }
    }
    return Tensor(images: images.count, shape: shape, values: values)
  }

  private func append(_ image: Int, movedBy shift: (rows: Int, columns: Int), to values: inout [Float]) {
    let from = pixels(of: image)
    for row in 0..<shape.rows {
      for column in 0..<shape.columns {
        let (y, x) = (row - shift.rows, column - shift.columns)
        let isInside = 0..<shape.rows ~= y && 0..<shape.columns ~= x
        values.append(isInside ? LabelledImages.values[Int(from[from.startIndex + y * shape.columns + x])] : 0)
      }
    }
  }

  private static let values = (0...255).map { Float($0) / 255 }
}
