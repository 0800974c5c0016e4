/// Writes one deflate block with the fixed codes (RFC 1951, 3.2.6), symbol by symbol.
package struct DeflateBlock {
  /// The longest copy, which is the only one that is written.
  package static let copyLength = 258

  private var bits: [Bool] = []

  /// A block that is the last one.
  package init() { bits = [true, true, false] }

  /// Adds a byte as it is.
  package mutating func literal(_ byte: UInt8) {
    byte < 144 ? put(code: 0x30 + Int(byte), count: 8) : put(code: 0x190 + Int(byte) - 144, count: 9)
  }

  /// Adds ``copyLength`` bytes that are those `distance` before them, 1 or 513 to 768.
  package mutating func copy(distance: Int) {
    put(code: 0xC5, count: 8)
    guard distance > 1 else { return put(code: 0, count: 5) }
    precondition((513...768).contains(distance))
    put(code: 18, count: 5)
    bits += (0..<8).map { (distance - 513) >> $0 & 1 == 1 }
  }

  /// The block's bytes.
  package var bytes: [UInt8] {
    let ended = bits + Array(repeating: false, count: 7)
    return stride(from: 0, to: ended.count, by: 8).map { start in
      ended[start..<min(start + 8, ended.count)].enumerated().reduce(0) {
        $0 | ($1.element ? 1 << UInt8($1.offset) : 0)
      }
    }
  }

  /// Codes go from their highest bit, all else from the lowest.
  private mutating func put(code: Int, count: Int) { bits += (0..<count).reversed().map { code >> $0 & 1 == 1 } }
}
