extension Tensor {
  /// The images with `padding` cells of zeros on each side; a negative padding crops.
  func padded(_ padding: Int) -> Tensor {
    guard padding != 0 else { return self }
    var frame = Tensor(
      images: images,
      shape: Shape(rows: shape.rows + 2 * padding, columns: shape.columns + 2 * padding, channels: shape.channels))
    for image in 0..<images {
      for row in max(0, -padding)..<min(shape.rows, shape.rows + padding) {
        for column in max(0, -padding)..<min(shape.columns, shape.columns + padding) {
          let from = index(image: image, row: row, column: column)
          let to = frame.index(image: image, row: row + padding, column: column + padding)
          for channel in 0..<shape.channels { frame.values[to + channel] = values[from + channel] }
        }
      }
    }
    return frame
  }

  /// A range of the channels of every cell.
  func channels(_ range: Range<Int>) -> Tensor {
    var part = Tensor(
      images: images, shape: Shape(rows: shape.rows, columns: shape.columns, channels: range.count))
    for cell in 0..<images * shape.cells {
      for (place, channel) in range.enumerated() {
        part.values[cell * range.count + place] = values[cell * shape.channels + channel]
      }
    }
    return part
  }

  /// Replaces a range of the channels of every cell.
  mutating func replaceChannels(from first: Int, with part: Tensor) {
    let count = part.shape.channels
    for cell in 0..<images * shape.cells {
      for place in 0..<count {
        values[cell * shape.channels + first + place] = part.values[cell * count + place]
      }
    }
  }
}
