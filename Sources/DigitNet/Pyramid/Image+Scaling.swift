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
    let (channels, step) = (Image.channels, width * Image.channels)
    // A row and its neighbour, 3 to 1: the weights are products of 3 or 1 along each side.
    var mixed = [UInt16](repeating: 0, count: step)
    let output = [UInt8](unsafeUninitializedCapacity: 4 * step * height) { output, count in
      pixels.withUnsafeBufferPointer { input in
        mixed.withUnsafeMutableBufferPointer { mixed in
          for y in 0..<2 * height {
            let near = y / 2 * step
            let far = min(max(y / 2 + (y % 2 == 0 ? -1 : 1), 0), height - 1) * step
            for i in 0..<step { mixed[i] = 3 &* UInt16(input[near &+ i]) &+ UInt16(input[far &+ i]) }
            var to = 2 * step * y
            for x in 0..<width {
              let (own, left, right) = (channels * x, channels * max(x - 1, 0), channels * min(x + 1, width - 1))
              for channel in 0..<channels {
                let most = 3 &* mixed[own &+ channel] &+ 8
                output[to &+ channel] = UInt8(truncatingIfNeeded: (most &+ mixed[left &+ channel]) >> 4)
                output[to &+ channels &+ channel] = UInt8(truncatingIfNeeded: (most &+ mixed[right &+ channel]) >> 4)
              }
              to += 2 * channels
            }
          }
        }
      }
      count = 4 * step * height
    }
    return Image(width: 2 * width, height: 2 * height, pixels: output)
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
