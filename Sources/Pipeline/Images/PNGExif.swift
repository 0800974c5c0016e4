/// The EXIF block of a PNG, which may stand before or after the pixels.
enum PNGExif {
  /// As much as fits into JPEG's segment; a longer block is not read.
  private static let longestBlock = 65_527

  /// The orientation that the first `eXIf` chunk gives; upright without one, or where its checksum is wrong.
  ///
  /// Costs one step a chunk.
  static func orientation(in bytes: [UInt8]) -> Orientation {
    var offset = 8
    while offset + 12 <= bytes.count {
      let length = bigEndian(bytes, at: offset)
      let end = offset + 12 + length
      guard end <= bytes.count else { break }
      if bytes[offset + 4..<offset + 8].elementsEqual("eXIf".utf8) {
        guard length <= longestBlock,
          checksum(bytes[offset + 4..<end - 4]) == bigEndian(bytes, at: end - 4)
        else { break }
        return Orientation(exif: bytes[offset + 8..<end - 4]) ?? .upright
      }
      offset = end
    }
    return .upright
  }

  private static func bigEndian(_ bytes: [UInt8], at offset: Int) -> Int {
    bytes[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) }
  }

  /// CRC-32 as PNG's specification, annex D, defines it, bit by bit: the chunk is small and there is one.
  private static func checksum(_ bytes: ArraySlice<UInt8>) -> Int {
    var remainder: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      remainder ^= UInt32(byte)
      for _ in 0..<8 {
        remainder = remainder & 1 == 0 ? remainder >> 1 : remainder >> 1 ^ 0xEDB8_8320
      }
    }
    return Int(~remainder)
  }
}
