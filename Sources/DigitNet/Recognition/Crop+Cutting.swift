extension Crop {
  /// The next halving is used from this many pixels of a halving per pixel of the crop: 2 to the power of 0.7.
  private static let coarsest = 1.6245
  /// Steps per pixel in which positions between pixels are rounded.
  private static let steps = 32

  /// The crop's pixels, interpolated bilinearly in the nearest halving of the picture; pixels at the edge are repeated.
  ///
  /// Positions are rounded to fixed point after IEEE additions and multiplications, so every machine cuts the same
  /// pixels. Costs the halvings of the part of the picture that is cut.
  public func pixels(of image: Image) -> Image {
    let source = source(in: image.size)
    var level = image.cropped(to: source.part)
    for _ in 0..<source.halvings {
      guard let half = level.halved() else { break }
      level = half
    }
    return pixels(of: level, source)
  }

  /// The part of the picture that a crop is cut from.
  struct Source {
    /// The number of halvings.
    let halvings: Int
    /// The part of the picture that is needed, aligned to the pixels of the halving.
    let part: Box

    /// The part in pixels of the halving; a part that ends at the picture's edge ends at the halving's edge.
    func part(of size: ImageSize) -> Box {
      let half = size.halved(times: halvings)
      let (left, top) = (part.left >> halvings, part.top >> halvings)
      return Box(
        left: left, top: top, width: min(part.width >> halvings, half.width - left),
        height: min(part.height >> halvings, half.height - top))
    }
  }

  func source(in size: ImageSize) -> Source {
    var halvings = 0
    var half = size
    while down / Double(1 << halvings) >= Crop.coarsest && min(half.width, half.height) >= 32 {
      halvings += 1
      half = size.halved(times: halvings)
    }
    return Source(halvings: halvings, part: part(of: size, unit: 1 << halvings))
  }

  /// Cuts the crop's pixels from its source after halving.
  func pixels(of level: Image, _ source: Source) -> Image {
    let unit = Double(1 << source.halvings)
    let (left, top) = (source.part.left >> source.halvings, source.part.top >> source.halvings)
    // For each column: its x in the level, and the y of the line there.
    var places: [(x: Int, line: Double)] = []
    for (cell, columns) in columns {
      for u in columns {
        let place = place(at: position(ofColumn: Double(u) + 0.5), in: cell)
        places.append((Crop.fixed(place.x / unit - 0.5) - left * Crop.steps, place.y))
      }
    }
    let (size, count) = (level.size, Image.channels * width * Crop.height)
    let output = [UInt8](unsafeUninitializedCapacity: count) { output, initialized in
      level.pixels.withUnsafeBufferPointer { pixels in
        var to = 0
        for v in 0..<Crop.height {
          let row = (Double(v) + 0.5 - Double(Crop.height) / 2) * down
          for place in places {
            let y = Crop.fixed((place.line + row) / unit - 0.5) - top * Crop.steps
            let corners = Corners(x: place.x, y: y, of: size)
            for channel in 0..<Image.channels { output[to + channel] = corners.value(of: channel, in: pixels) }
            to += Image.channels
          }
        }
      }
      initialized = count
    }
    return Image(width: width, height: Crop.height, pixels: output)
  }

  private static func fixed(_ coordinate: Double) -> Int {
    Int((coordinate * Double(steps)).rounded(.toNearestOrEven))
  }

  /// The part of the picture that the crop is cut from, aligned to a grid of `unit` pixels and at least one unit wide
  /// and high.
  private func part(of size: ImageSize, unit: Int) -> Box {
    func range(_ least: Double, _ greatest: Double, _ length: Int) -> (Int, Int) {
      // Two pixels of the halving more on each side, for interpolation.
      let most = (length / unit - 1) * unit
      let low = Int(least.rounded(.down)) / unit * unit - 2 * unit
      let high = Int(greatest.rounded(.up)) / unit * unit + 3 * unit
      let start = min(max(low, 0), max(most, 0))
      return (start, max(min(high, length), min(start + unit, length)))
    }
    let ends = columns.flatMap { cell, columns in
      [columns.lowerBound, columns.upperBound].map { place(at: position(ofColumn: Double($0)), in: cell) }
    }
    let half = Double(Crop.height) / 2 * down
    let (xs, ys) = (ends.map(\.x), ends.map(\.y))
    let (left, right) = range(xs.min() ?? x, xs.max() ?? x, size.width)
    let (top, bottom) = range((ys.min() ?? y) - half, (ys.max() ?? y) + half, size.height)
    return Box(left: left, top: top, width: right - left, height: bottom - top)
  }
}

extension Crop {
  /// The constants of this file that affect which numbers are read, by name.
  static let cuttingConstants: [String: [Double]] = ["coarsest": [coarsest], "steps": [Double(steps)]]
}

/// The four pixels around a position in 1/32 pixel, between which a bilinear interpolation is rounded half up.
private struct Corners {
  private let upperLeft, upperRight, lowerLeft, lowerRight: Int
  private let fx, fy: Int

  init(x: Int, y: Int, of size: ImageSize) {
    (fx, fy) = (x & 31, y & 31)
    func column(_ x: Int) -> Int { min(max(x, 0), size.width - 1) * Image.channels }
    func row(_ y: Int) -> Int { min(max(y, 0), size.height - 1) * size.width * Image.channels }
    let (left, right) = (column(x >> 5), column((x >> 5) + 1))
    let (above, below) = (row(y >> 5), row((y >> 5) + 1))
    (upperLeft, upperRight, lowerLeft, lowerRight) = (above + left, above + right, below + left, below + right)
  }

  func value(of channel: Int, in pixels: UnsafeBufferPointer<UInt8>) -> UInt8 {
    let upper = (32 - fx) * Int(pixels[upperLeft + channel]) + fx * Int(pixels[upperRight + channel])
    let lower = (32 - fx) * Int(pixels[lowerLeft + channel]) + fx * Int(pixels[lowerRight + channel])
    return UInt8(truncatingIfNeeded: ((32 - fy) * upper + fy * lower + 512) >> 10)
  }
}
