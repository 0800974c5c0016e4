import DigitNet
import libz

/// The chunks of a PNG file, in order, up to the first that is truncated. Costs one step per chunk.
struct PNGChunks: Sequence, IteratorProtocol {
  /// One chunk.
  struct Chunk {
    /// The chunk type, four letters.
    let type: String
    /// The data.
    let data: ArraySlice<UInt8>
    fileprivate let checked: ArraySlice<UInt8>
    fileprivate let checksum: Int

    /// Whether the checksum is right. Costs one pass over the chunk.
    var isSound: Bool {
      let sum = checked.withUnsafeBufferPointer { crc32_z(0, $0.baseAddress, $0.count) }
      return Int(sum) == checksum
    }

    /// Whether a decoder that doesn't know the chunk type can't decode the picture.
    var isCritical: Bool { type.utf8.first.map { $0 & 0x20 == 0 } ?? false }
  }

  private let bytes: [UInt8]
  private var offset = 8

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func next() -> Chunk? {
    let start = offset
    guard let length = bytes.integer(at: start, count: 4, .big) else { return nil }
    let end = start + 12 + length
    guard end <= bytes.count, let checksum = bytes.integer(at: end - 4, count: 4, .big) else { return nil }
    offset = end
    return Chunk(
      type: String(decoding: bytes[start + 4..<start + 8], as: UTF8.self), data: bytes[start + 8..<end - 4],
      checked: bytes[start + 4..<end - 4], checksum: checksum)
  }
}
