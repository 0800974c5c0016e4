import CDigitKernels

extension Image {
  /// Half the width and height: the mean of four pixels, rounded half up. An odd last row or column is dropped.
  ///
  /// Returns nil if a side would be 0.
  public func halved(kernels: Kernels = .best) -> Image? {
    let (columns, rows) = (width / 2, height / 2)
    guard columns > 0, rows > 0 else { return nil }
    let step = width * Image.channels
    let output = [UInt8](unsafeUninitializedCapacity: Image.channels * columns * rows) { output, count in
      pixels.withUnsafeBufferPointer { input in
        guard let first = input.baseAddress, let target = output.baseAddress else { return }
        for y in 0..<rows {
          let upper = first + 2 * y * step
          kernels.functions.halve_row(upper, upper + step, columns, target + Image.channels * columns * y)
        }
      }
      count = Image.channels * columns * rows
    }
    return Image(width: columns, height: rows, pixels: output)
  }

  /// Twice the width and height: bilinear with the weights 9, 3, 3 and 1 of 16, rounded half up; pixels at the edge are
  /// repeated.
  public func enlarged() -> Image {
    let (columns, rows, step) = (2 * width, 2 * height, width * Image.channels)
    let output = [UInt8](unsafeUninitializedCapacity: Image.channels * columns * rows) { output, count in
      pixels.withUnsafeBufferPointer { input in
        var to = 0
        for y in 0..<rows {
          let near = y / 2 * step
          let far = min(max(y / 2 + (y % 2 == 0 ? -1 : 1), 0), height - 1) * step
          for x in 0..<columns {
            let beside = min(max(x / 2 + (x % 2 == 0 ? -1 : 1), 0), width - 1) * Image.channels
            let own = x / 2 * Image.channels
            for channel in 0..<Image.channels {
              let sum =
                9 * UInt16(input[near + own + channel]) + 3 * UInt16(input[far + own + channel])
                + 3 * UInt16(input[near + beside + channel]) + UInt16(input[far + beside + channel])
              output[to] = UInt8(truncatingIfNeeded: (sum + 8) >> 4)
              to += 1
            }
          }
        }
      }
      count = Image.channels * columns * rows
    }
    return Image(width: columns, height: rows, pixels: output)
  }

  /// The part of the picture inside a box, which must lie within the picture.
  public func cropped(to box: Box) -> Image {
    precondition(box.left >= 0 && box.top >= 0 && box.right <= width && box.bottom <= height)
    var part: [UInt8] = []
    part.reserveCapacity(Image.channels * box.area)
    for y in box.top..<box.bottom {
      let start = (y * width + box.left) * Image.channels
      part += pixels[start..<(start + box.width * Image.channels)]
    }
    return Image(width: box.width, height: box.height, pixels: part)
  }
}
