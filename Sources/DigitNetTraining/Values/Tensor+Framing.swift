extension Tensor {
  /// The images in a frame of zeros: cell (0, 0) comes to (`top`, `left`) of a larger shape, and neighbours lie `spread` cells apart.
  func framed(rows: Int, columns: Int, top: Int, left: Int, spread: Int = 1) -> Tensor {
    if rows == shape.rows, columns == shape.columns, spread == 1 { return self }
    var frame = Tensor(images: images, shape: Shape(rows: rows, columns: columns, channels: shape.channels))
    for image in 0..<images {
      for row in 0..<shape.rows {
        for column in 0..<shape.columns {
          let from = index(image: image, row: row, column: column)
          let to = frame.index(image: image, row: top + row * spread, column: left + column * spread)
          for channel in 0..<shape.channels { frame.values[to + channel] = values[from + channel] }
        }
      }
    }
    return frame
  }

  /// The images in a frame of zeros of `padding` cells on each side.
  func padded(_ padding: Int) -> Tensor {
    framed(rows: shape.rows + 2 * padding, columns: shape.columns + 2 * padding, top: padding, left: padding)
  }

  /// Some of the channels of every cell.
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

  /// Replaces some of the channels of every cell.
  mutating func replaceChannels(from first: Int, with part: Tensor) {
    let count = part.shape.channels
    for cell in 0..<images * shape.cells {
      for place in 0..<count {
        values[cell * shape.channels + first + place] = part.values[cell * count + place]
      }
    }
  }
}
