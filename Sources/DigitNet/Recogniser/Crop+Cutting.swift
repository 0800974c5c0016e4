extension Crop {
  /// From this many pixels of a halving to one of the crop on, the next halving is used: 2 to the power of 0.7.
  private static let coarsest = 1.6245
  /// Places between two pixels are counted in this part of their distance.
  private static let steps = 32

  /// The crop's pixels: bilinear between the pixels of the picture's nearest halving, the picture's rim repeated.
  ///
  /// Fixed point after IEEE sums and products, so that every machine cuts the same pixels. Costs the halving of the part of
  /// the picture that is cut.
  public func pixels(of image: Image) -> Image {
    var halvings = 0
    var (columns, rows) = (image.width, image.height)
    while down / Double(1 << halvings) >= Crop.coarsest && min(columns, rows) >= 32 {
      (columns, rows, halvings) = (columns / 2, rows / 2, halvings + 1)
    }
    let unit = Double(1 << halvings)
    let part = part(of: image, unit: 1 << halvings)
    var level = image.cropped(to: part)
    for _ in 0..<halvings {
      guard let half = level.halved() else { break }
      level = half
    }
    let (left, top) = (part.left >> halvings, part.top >> halvings)
    var output: [UInt8] = []
    output.reserveCapacity(Image.channels * width * Crop.height)
    for v in 0..<Crop.height {
      for u in 0..<width {
        let offset = (Double(u) + 0.5 - Double(width) / 2) * across
        let px = (x + offset) / unit - 0.5
        let py = (y + slope * offset + (Double(v) + 0.5 - Double(Crop.height) / 2) * down) / unit - 0.5
        level.appendPixel(x: Crop.fixed(px) - left * Crop.steps, y: Crop.fixed(py) - top * Crop.steps, to: &output)
      }
    }
    return Image(width: width, height: Crop.height, pixels: output)
  }

  private static func fixed(_ coordinate: Double) -> Int {
    Int((coordinate * Double(steps)).rounded(.toNearestOrEven))
  }

  /// The part of a picture that the crop is cut from, on a grid of `unit` pixels, at least one such square.
  private func part(of image: Image, unit: Int) -> Box {
    let half = (Double(width) / 2 * across, Double(Crop.height) / 2 * down + Double(width) / 2 * across * abs(slope))
    func range(_ middle: Double, _ half: Double, _ length: Int) -> (Int, Int) {
      // Two pixels of the halving more than is cut, for the neighbours that are blended in.
      let most = (length / unit - 1) * unit
      let low = Int((middle - half).rounded(.down)) / unit * unit - 2 * unit
      let high = Int((middle + half).rounded(.up)) / unit * unit + 3 * unit
      let start = min(max(low, 0), max(most, 0))
      return (start, max(min(high, length), min(start + unit, length)))
    }
    let (left, right) = range(x, half.0, image.width)
    let (top, bottom) = range(y, half.1, image.height)
    return Box(left: left, top: top, width: right - left, height: bottom - top)
  }
}

extension Image {
  /// Appends the pixel at a place given in 1/32 of a pixel, blended from its four neighbours, rounded half up.
  fileprivate func appendPixel(x: Int, y: Int, to output: inout [UInt8]) {
    let (fx, fy) = (x & 31, y & 31)
    func column(_ x: Int) -> Int { min(max(x, 0), width - 1) * Image.channels }
    func row(_ y: Int) -> Int { min(max(y, 0), height - 1) * width * Image.channels }
    let (left, right) = (column(x >> 5), column((x >> 5) + 1))
    let (above, below) = (row(y >> 5), row((y >> 5) + 1))
    for channel in 0..<Image.channels {
      let upper = (32 - fx) * Int(pixels[above + left + channel]) + fx * Int(pixels[above + right + channel])
      let lower = (32 - fx) * Int(pixels[below + left + channel]) + fx * Int(pixels[below + right + channel])
      output.append(UInt8(((32 - fy) * upper + fy * lower + 512) >> 10))
    }
  }
}
