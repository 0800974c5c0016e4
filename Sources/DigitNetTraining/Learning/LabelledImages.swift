import CTrainingKernels

/// Grey images of one size, each with a label, such as MNIST's.
public struct LabelledImages: Sendable {
  /// The shape of an image, with one channel.
  public let shape: Shape
  /// One byte per cell of each image; 0 is the background.
  public let pixels: [UInt8]
  /// The label of each image.
  public let labels: [UInt8]

  /// Images from their parts; the counts must agree.
  public init(shape: Shape, pixels: [UInt8], labels: [UInt8]) {
    precondition(pixels.count == labels.count * shape.count)
    self.shape = shape
    self.pixels = pixels
    self.labels = labels
  }

  /// The number of images.
  public var count: Int { labels.count }

  /// The pixels of one image.
  public func pixels(of image: Int) -> ArraySlice<UInt8> { pixels[image * shape.count..<(image + 1) * shape.count] }

  /// The given images, in the given order.
  public func subset(_ order: some Sequence<Int>) -> LabelledImages {
    var (pixels, labels): ([UInt8], [UInt8]) = ([], [])
    for image in order {
      pixels += self.pixels(of: image)
      labels.append(self.labels[image])
    }
    return LabelledImages(shape: shape, pixels: pixels, labels: labels)
  }

  /// The given images as input of a network, with values 0...1. `shift` may shift each by fewer cells than its sides.
  public func batch(_ images: ArraySlice<Int>, shift: (_ image: Int) -> (rows: Int, columns: Int)? = { _ in nil })
    -> Tensor
  {
    // In random order, each image is a cache miss unless it is prefetched.
    for image in images { training_prefetch(pixels, image * shape.count, shape.count) }
    var values = [Float](repeating: 0, count: images.count * shape.count)
    for (place, image) in images.enumerated() {
      let (from, to) = (image * shape.count, place * shape.count)
      guard let shift = shift(image), shift != (0, 0) else {
        training_from_bytes(pixels, from, shape.count, &values, to)
        continue
      }
      let columns = max(0, shift.columns)..<min(shape.columns, shape.columns + shift.columns)
      for row in max(0, shift.rows)..<min(shape.rows, shape.rows + shift.rows) where !columns.isEmpty {
        let first = from + (row - shift.rows) * shape.columns + columns.lowerBound - shift.columns
        training_from_bytes(pixels, first, columns.count, &values, to + row * shape.columns + columns.lowerBound)
      }
    }
    return Tensor(images: images.count, shape: shape, values: values)
  }
}
