package import DigitNet
package import StreetCore

/// Decodes PNG and JPEG files to upright RGB pixels, the same on every machine.
///
/// The bytes may be hostile: sizes are checked before memory is allocated, and a truncated or damaged file is rejected,
/// never filled in. Alpha is blended with white, 16 bits are rounded to 8, and CMYK is converted by plain
/// multiplication; gamma and colour profiles are ignored.
package enum ImageDecoder {
  /// Reads the header; allocates no memory for the picture.
  package static func header(
    of bytes: [UInt8], limits: ImageLimits = ImageLimits()
  ) throws(ImageError) -> ImageHeader {
    switch ImageFormat(signature: bytes) {
    case .png: try PNGDecoder(bytes, limits: limits).header
    case .jpeg: try JPEGDecoder(bytes, limits: limits).header
    case nil: throw .notAnImage
    }
  }

  /// Decodes the whole picture, turned upright.
  ///
  /// Memory holds the result and one row; for JPEG with several scans, two more bytes per stored sample. The deadline
  /// is checked before each row, in JPEG in each scan.
  package static func decode(
    _ bytes: [UInt8], limits: ImageLimits = ImageLimits(), deadline: Deadline = .never
  ) throws(ImageError) -> Image {
    switch ImageFormat(signature: bytes) {
    case .png:
      var decoder = try PNGDecoder(bytes, limits: limits)
      return try image(from: &decoder, deadline)
    case .jpeg:
      var decoder = try JPEGDecoder(bytes, limits: limits, deadline: deadline)
      return try image(from: &decoder, deadline)
    case nil: throw .notAnImage
    }
  }

  /// Decodes a picture with a sequential header row by row, and passes each row, turned upright, with its number to
  /// `body`, which must not keep it. With `ranges`, which must be sorted and disjoint, only those rows are passed;
  /// other rows cost little, and rows after the last range nothing.
  static func forEachRow(
    of bytes: [UInt8], limits: ImageLimits, deadline: Deadline, in wanted: [Range<Int>]? = nil,
    _ body: (_ place: Int, _ row: UnsafeBufferPointer<UInt8>) -> Void
  ) throws(ImageError) {
    switch ImageFormat(signature: bytes) {
    case .png:
      var decoder = try PNGDecoder(bytes, limits: limits)
      try forEachRow(of: &decoder, deadline, in: wanted, body)
    case .jpeg:
      var decoder = try JPEGDecoder(bytes, limits: limits, deadline: deadline)
      try forEachRow(of: &decoder, deadline, in: wanted, body)
    case nil: throw .notAnImage
    }
  }

  private static func forEachRow(
    of decoder: inout some RowDecoder & ~Copyable, _ deadline: Deadline, in wanted: [Range<Int>]?,
    _ body: (_ place: Int, _ row: UnsafeBufferPointer<UInt8>) -> Void
  ) throws(ImageError) {
    let (width, height) = (decoder.header.storedWidth, decoder.header.storedHeight)
    let isMirrored = decoder.header.orientation == .mirrored
    var row = [UInt8](repeating: 0, count: 4 * width)
    var next = 0
    for range in (wanted ?? [0..<height]).map({ $0.clamped(to: 0..<height) }) {
      if range.lowerBound > next { try decoder.skipRows(range.lowerBound - next, &row, columns: width) }
      for place in range {
        try deadline.check()
        try decoder.readRow(into: &row, columns: width)
        if isMirrored { mirror(&row, columns: width) }
        row.withUnsafeBufferPointer { body(place, UnsafeBufferPointer(rebasing: $0[..<(Image.channels * width)])) }
      }
      next = range.upperBound
    }
    if next == height { try decoder.finish() }
  }

  private static func mirror(_ row: inout [UInt8], columns: Int) {
    for left in 0..<(columns / 2) {
      for channel in 0..<Image.channels {
        row.swapAt(Image.channels * left + channel, Image.channels * (columns - 1 - left) + channel)
      }
    }
  }

  private static func image(
    from decoder: inout some RowDecoder & ~Copyable, _ deadline: Deadline
  ) throws(ImageError) -> Image {
    let header = decoder.header
    let count = Image.channels * header.pixels
    var failure: ImageError?
    // Memory that is never written costs nothing, so a truncated file with a large stated size is cheap.
    let pixels = [UInt8](unsafeUninitializedCapacity: count) { pixels, initializedCount in
      do throws(ImageError) {
        try read(&decoder, into: pixels, deadline)
        initializedCount = count
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return Image(width: header.width, height: header.height, pixels: pixels)
  }

  /// Writes every stored pixel to its position in the upright picture.
  private static func read(
    _ decoder: inout some RowDecoder & ~Copyable, into pixels: UnsafeMutableBufferPointer<UInt8>, _ deadline: Deadline
  ) throws(ImageError) {
    let header = decoder.header
    let (width, height) = (header.storedWidth, header.storedHeight)
    let placement = header.orientation.placement(storedWidth: width, storedHeight: height)
    var row = [UInt8](repeating: 0, count: 4 * width)
    for grid in decoder.grids {
      let columns = grid.columns(ofWidth: width)
      guard columns > 0 else { continue }
      for y in stride(from: grid.firstRow, to: height, by: grid.rowStep) {
        try deadline.check()
        try decoder.readRow(into: &row, columns: columns)
        let first = placement.origin + y * placement.down + grid.firstColumn * placement.right
        let step = grid.columnStep * placement.right
        if step == 1, let start = pixels.baseAddress {
          row.withUnsafeBufferPointer { row in
            guard let from = row.baseAddress else { return }
            (start + Image.channels * first).update(from: from, count: Image.channels * columns)
          }
          continue
        }
        for column in 0..<columns {
          let target = Image.channels * (first + column * step)
          for channel in 0..<Image.channels {
            pixels[target + channel] = row[Image.channels * column + channel]
          }
        }
      }
    }
    try decoder.finish()
  }
}
