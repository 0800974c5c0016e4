package import DigitNet

/// Makes a part of a picture smaller while the picture's rows come by: each pixel is the mean of the area that it covers, rounded
/// half up.
///
/// Takes the memory of the result and of one row.
package struct PartScaler {
  private let part: Box
  private let size: ImageSize
  /// Of each channel in a row of the result: what its rows so far add up to.
  private var sums: [Int]
  private var pixels: [UInt8] = []
  /// The picture's next row.
  private var row: Int

  /// Scales `part` of a picture to a size, at least 1 and at most the part's own. `firstRow` is the first row of the picture
  /// that comes.
  package init(_ part: Box, to size: ImageSize, firstRow: Int = 0) {
    precondition(part.left >= 0 && part.top >= firstRow)
    precondition(1...part.width ~= size.width && 1...part.height ~= size.height)
    (self.part, self.size, row) = (part, size, firstRow)
    sums = Array(repeating: 0, count: Image.channels * size.width)
    pixels.reserveCapacity(Image.channels * size.pixels)
  }

  /// Takes the picture's next row.
  package mutating func take(_ pixels: UnsafeBufferPointer<UInt8>) {
    defer { row += 1 }
    guard (part.top..<part.bottom).contains(row) else { return }
    // In units of which the part has `part.height * size.height`, a row of the picture is `size.height` high.
    var from = (row - part.top) * size.height
    let end = from + size.height
    while from < end {
      let bottom = (from / part.height + 1) * part.height
      let stop = min(end, bottom)
      add(pixels, weight: stop - from)
      if stop == bottom { finishRow() }
      from = stop
    }
  }

  private mutating func add(_ row: UnsafeBufferPointer<UInt8>, weight: Int) {
    // The same units across.
    var (target, room) = (0, part.width)
    for column in part.left..<part.right {
      let first = Image.channels * column
      let own = min(room, size.width)
      for channel in 0..<Image.channels { sums[target + channel] += Int(row[first + channel]) * own * weight }
      room -= own
      guard room == 0 else { continue }
      (target, room) = (target + Image.channels, part.width - (size.width - own))
      guard own < size.width else { continue }
      for channel in 0..<Image.channels {
        sums[target + channel] += Int(row[first + channel]) * (size.width - own) * weight
      }
    }
  }

  private mutating func finishRow() {
    let area = part.width * part.height
    for index in sums.indices {
      pixels.append(UInt8((sums[index] + area / 2) / area))
      sums[index] = 0
    }
  }

  /// The result; nil where not all rows of the part have come.
  package var image: Image? {
    guard pixels.count == Image.channels * size.pixels else { return nil }
    return Image(width: size.width, height: size.height, pixels: pixels)
  }
}

extension Image {
  /// A part of the picture, made smaller.
  package func scaled(_ part: Box, to size: ImageSize) -> Image {
    precondition(part.right <= width && part.bottom <= height)
    if size == ImageSize(width: part.width, height: part.height) { return cropped(to: part) }
    var scaler = PartScaler(part, to: size, firstRow: part.top)
    pixels.withUnsafeBufferPointer { pixels in
      for row in part.top..<part.bottom {
        let start = Image.channels * width * row
        scaler.take(UnsafeBufferPointer(rebasing: pixels[start..<start + Image.channels * width]))
      }
    }
    guard let image = scaler.image else { preconditionFailure("all rows have come") }
    return image
  }
}

extension ImageSize {
  /// The size of the same shape whose longer side has so many pixels; unchanged where it has fewer.
  package func reduced(toLongerSide most: Int) -> ImageSize {
    let longer = max(width, height)
    guard longer > most else { return self }
    func side(_ length: Int) -> Int { max(1, (length * most + longer / 2) / longer) }
    return ImageSize(width: side(width), height: side(height))
  }
}
