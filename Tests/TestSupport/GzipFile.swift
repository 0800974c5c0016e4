/// Writes gzip by hand (RFC 1952): stored deflate blocks of 65,535 bytes.
package enum GzipFile {
  /// Bytes in front of the first block's content.
  package static let overhead = 15

  package static func compress(_ data: [UInt8]) -> [UInt8] {
    var bytes: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]
    let longest = 65_535
    for start in stride(from: 0, to: max(data.count, 1), by: longest) {
      let block = data[start..<min(start + longest, data.count)]
      let length = littleEndian(block.count, 2)
      bytes.append(start + longest >= data.count ? 1 : 0)
      bytes += length + length.map { ~$0 } + block
    }
    return bytes + littleEndian(Int(PNGEncoder.crc32(data)), 4) + littleEndian(data.count, 4)
  }
}
