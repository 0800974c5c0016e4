package import DigitNet

/// Scales down a part of a picture whose rows arrive one by one. Each pixel is the mean of the area that it covers,
/// rounded half up.
///
/// Memory holds the result and one row.
package struct PartScaler {
  /// The part of the picture.
  package let part: Box
  private let size: ImageSize
  private let step: Int
  /// The number of pixels of the part that are used, across and down.
  private let columns, rows: Int
  /// For each channel of a row of the result, the weighted sum of the rows so far.
  private var sums: [Int]
  private var pixels: [UInt8] = []

  /// Scales `part` to a size that is at least 1 and at most the part's own. Only every `step`th pixel in each direction
  /// is used; there must be at least as many as the result has.
  package init(_ part: Box, to size: ImageSize, step: Int = 1) {
    (columns, rows) = (part.width / step, part.height / step)
    precondition(part.left >= 0 && part.top >= 0)
    precondition(1...columns ~= size.width && 1...rows ~= size.height)
    (self.part, self.size, self.step) = (part, size, step)
    sums = Array(repeating: 0, count: Image.channels * size.width)
    pixels.reserveCapacity(Image.channels * size.pixels)
  }

  /// Adds a row of the picture; the rows of the part must arrive in order.
  package mutating func take(_ pixels: UnsafeBufferPointer<UInt8>, at row: Int) {
    guard (part.top..<part.bottom).contains(row) else { return }
    let (place, offset) = (row - part.top).quotientAndRemainder(dividingBy: step)
    guard offset == step / 2, place < rows else { return }
    // In units of 1 / (rows * size.height) of the part's height, a row of the part is `size.height` high and a row of
    // the result `rows`.
    var from = place * size.height
    let end = from + size.height
    while from < end {
      let bottom = (from / rows + 1) * rows
      let stop = min(end, bottom)
      add(pixels, weight: stop - from)
      if stop == bottom { finishRow() }
      from = stop
    }
  }

  /// Adds all rows of a picture in memory; rows that are not used cost nothing.
  package mutating func take(_ image: Image) {
    let width = Image.channels * image.width
    image.pixels.withUnsafeBufferPointer { pixels in
      for place in 0..<rows {
        let row = part.top + place * step + step / 2
        take(UnsafeBufferPointer(rebasing: pixels[row * width..<(row + 1) * width]), at: row)
      }
    }
  }

  private mutating func add(_ row: UnsafeBufferPointer<UInt8>, weight: Int) {
    // The units are the same across.
    var (target, room) = (0, columns)
    var first = Image.channels * (part.left + step / 2)
    for _ in 0..<columns {
      let own = min(room, size.width)
      for channel in 0..<Image.channels { sums[target + channel] += Int(row[first + channel]) * own * weight }
      room -= own
      if room == 0 {
        (target, room) = (target + Image.channels, columns - (size.width - own))
        if own < size.width {
          let rest = (size.width - own) * weight
          for channel in 0..<Image.channels { sums[target + channel] += Int(row[first + channel]) * rest }
        }
      }
      first += Image.channels * step
    }
  }

  private mutating func finishRow() {
    let area = columns * rows
    for index in sums.indices {
      pixels.append(UInt8((sums[index] + area / 2) / area))
      sums[index] = 0
    }
  }

  /// The result; nil if rows of the part are missing.
  package var image: Image? {
    guard pixels.count == Image.channels * size.pixels else { return nil }
    return Image(width: size.width, height: size.height, pixels: pixels)
  }
}

extension Image {
  /// A part of the picture, scaled down.
  package func scaled(_ part: Box, to size: ImageSize) -> Image {
    precondition(part.right <= width && part.bottom <= height)
    if size == ImageSize(width: part.width, height: part.height) { return cropped(to: part) }
    var scaler = PartScaler(part, to: size)
    scaler.take(self)
    guard let image = scaler.image else { preconditionFailure("all rows have come") }
    return image
  }
}

extension ImageSize {
  /// The size with the same aspect ratio whose longer side is `most`; unchanged if it is shorter.
  package func reduced(toLongerSide most: Int) -> ImageSize {
    let longer = max(width, height)
    guard longer > most else { return self }
    func side(_ length: Int) -> Int { max(1, (length * most + longer / 2) / longer) }
    return ImageSize(width: side(width), height: side(height))
  }
}
