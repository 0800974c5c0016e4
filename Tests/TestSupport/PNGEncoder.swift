/// Writes the PNG files that the tests read: stored deflate blocks, no filters, and any colour type, depth,
/// interlacing and further chunks.
package struct PNGEncoder {
  package enum ColourType: UInt8, CaseIterable {
    case grey = 0
    case rgb = 2
    case palette = 3
    case greyAlpha = 4
    case rgbAlpha = 6

    package var channels: Int {
      switch self {
      case .grey, .palette: 1
      case .greyAlpha: 2
      case .rgb: 3
      case .rgbAlpha: 4
      }
    }

    package var depths: [Int] {
      switch self {
      case .grey: [1, 2, 4, 8, 16]
      case .palette: [1, 2, 4, 8]
      case .rgb, .greyAlpha, .rgbAlpha: [8, 16]
      }
    }
  }

  package var width: Int
  package var height: Int
  package var colourType = ColourType.rgb
  package var depth = 8
  package var isInterlaced = false
  /// `colourType.channels` of each pixel, rows from the top.
  package var samples: [Int]
  /// Red, green, blue of each entry.
  package var palette: [UInt8] = []
  /// The tRNS chunk's data.
  package var transparency: [UInt8] = []
  /// Whole chunks between the header and the pixels, and between the pixels and the end.
  package var chunksBefore: [UInt8] = []
  package var chunksAfter: [UInt8] = []

  /// A picture from its size and samples; the rest can be set.
  package init(
    width: Int, height: Int, colourType: ColourType = .rgb, depth: Int = 8, isInterlaced: Bool = false,
    samples: [Int], palette: [UInt8] = [], transparency: [UInt8] = [], chunksBefore: [UInt8] = [],
    chunksAfter: [UInt8] = []
  ) {
    self.width = width
    self.height = height
    self.colourType = colourType
    self.depth = depth
    self.isInterlaced = isInterlaced
    self.samples = samples
    self.palette = palette
    self.transparency = transparency
    self.chunksBefore = chunksBefore
    self.chunksAfter = chunksAfter
  }

  package static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

  package var file: [UInt8] {
    var bytes =
      Self.signature
      + Self.header(
        width: width, height: height, depth: depth, colourType: colourType, isInterlaced: isInterlaced)
    bytes += chunksBefore
    if !palette.isEmpty { bytes += Self.chunk("PLTE", palette) }
    if !transparency.isEmpty { bytes += Self.chunk("tRNS", transparency) }
    bytes += Self.chunk("IDAT", Self.zlib(rows))
    return bytes + chunksAfter + Self.chunk("IEND", [])
  }

  package static func header(
    width: Int, height: Int, depth: Int = 8, colourType: ColourType = .rgb, isInterlaced: Bool = false
  ) -> [UInt8] {
    chunk(
      "IHDR",
      bigEndian(width) + bigEndian(height)
        + [UInt8(depth), colourType.rawValue, 0, 0, isInterlaced ? 1 : 0])
  }

  package static func chunk(_ type: String, _ data: [UInt8]) -> [UInt8] {
    let checked = Array(type.utf8) + data
    return bigEndian(data.count) + checked + bigEndian(Int(crc32(checked)))
  }

  private var rows: [UInt8] {
    guard isInterlaced else {
      return (0..<height).flatMap { y in row(y, columns: Array(0..<width)) }
    }
    // First column, first row, column step, row step (PNG specification, 8.2).
    let passes = [
      (0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2),
    ]
    return passes.flatMap { left, top, across, down in
      let columns = Array(stride(from: left, to: width, by: across))
      return columns.isEmpty
        ? [] : stride(from: top, to: height, by: down).flatMap { row($0, columns: columns) }
    }
  }

  /// One row: the filter type none, then samples from the highest bit down.
  private func row(_ y: Int, columns: [Int]) -> [UInt8] {
    let channels = colourType.channels
    var bits: [UInt8] = []
    for x in columns {
      for channel in 0..<channels {
        let sample = samples[(y * width + x) * channels + channel]
        bits += (0..<depth).reversed().map { UInt8(sample >> $0 & 1) }
      }
    }
    bits += Array(repeating: 0, count: (8 - bits.count % 8) % 8)
    return [0]
      + stride(from: 0, to: bits.count, by: 8).map { start in
        bits[start..<start + 8].reduce(0) { $0 << 1 | $1 }
      }
  }

  /// Stored blocks (RFC 1950 and 1951).
  package static func zlib(_ data: [UInt8]) -> [UInt8] {
    let longest = 65_535
    var bytes: [UInt8] = [0x78, 0x01]
    for start in stride(from: 0, to: max(data.count, 1), by: longest) {
      let block = data[start..<min(start + longest, data.count)]
      let length = [UInt8(block.count & 255), UInt8(block.count >> 8)]
      bytes.append(start + longest >= data.count ? 1 : 0)
      bytes += length + length.map { ~$0 } + Array(block)
    }
    return bytes + adler32(data)
  }

  /// The checksum that ends a zlib stream, as its four bytes.
  package static func adler32(_ data: [UInt8]) -> [UInt8] {
    var (low, high) = (1, 0)
    for byte in data {
      low = (low + Int(byte)) % 65_521
      high = (high + low) % 65_521
    }
    return bigEndian(high << 16 | low)
  }

  package static func crc32(_ bytes: [UInt8]) -> UInt32 {
    var remainder: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      remainder ^= UInt32(byte)
      for _ in 0..<8 {
        remainder = remainder & 1 == 0 ? remainder >> 1 : remainder >> 1 ^ 0xEDB8_8320
      }
    }
    return ~remainder
  }

  private static func bigEndian(_ value: Int) -> [UInt8] {
    stride(from: 24, through: 0, by: -8).map { UInt8(truncatingIfNeeded: value >> $0) }
  }
}
