public import DigitNet

extension Image {
  /// Resamples the picture to another size with a triangle filter, whose support is two pixels of the larger scale. It
  /// filters rows first, then columns, and rounds after each, as Pillow and torchvision do.
  public func resampled(to size: ImageSize) -> Image {
    let wide = Image.weights(from: width, to: size.width)
    var rows: [UInt8] = []
    rows.reserveCapacity(Image.channels * size.width * height)
    for y in 0..<height {
      for (first, weights) in wide {
        for channel in 0..<Image.channels {
          var sum: Float = 0.5
          for (place, weight) in weights.enumerated() {
            sum += weight * Float(pixels[(y * width + first + place) * Image.channels + channel])
          }
          rows.append(UInt8(min(max(sum, 0), 255)))
        }
      }
    }
    let step = Image.channels * size.width
    var result: [UInt8] = []
    result.reserveCapacity(step * size.height)
    for (first, weights) in Image.weights(from: height, to: size.height) {
      for column in 0..<step {
        var sum: Float = 0.5
        for (place, weight) in weights.enumerated() { sum += weight * Float(rows[(first + place) * step + column]) }
        result.append(UInt8(min(max(sum, 0), 255)))
      }
    }
    return Image(width: size.width, height: size.height, pixels: result)
  }

  /// For each pixel of the result, the first source pixel and the weights.
  private static func weights(from length: Int, to size: Int) -> [(first: Int, shares: [Float])] {
    let scale = Double(length) / Double(size)
    let reach = max(scale, 1)
    return (0..<size).map { place in
      let middle = (Double(place) + 0.5) * scale
      let first = max(Int((middle - reach + 0.5).rounded(.down)), 0)
      let end = min(max(Int((middle + reach + 0.5).rounded(.down)), first + 1), length)
      let heights = (first..<end).map { max(1 - abs((Double($0) + 0.5 - middle) / reach), 0) }
      let total = heights.reduce(0, +)
      return (first, heights.map { Float(total > 0 ? $0 / total : 1 / Double(heights.count)) })
    }
  }
}
