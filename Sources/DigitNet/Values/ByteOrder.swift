/// The order of an integer's bytes: little-endian (least significant byte first) or big-endian.
package enum ByteOrder: Sendable {
  case little, big
}

extension RandomAccessCollection<UInt8> where Index == Int {
  /// The unsigned integer in `count` bytes, at most 8, from `offset` on; nil if they extend beyond the collection. An
  /// integer of 8 bytes that exceeds `Int.max` is returned as a negative number.
  package func integer(at offset: Int, count: Int, _ order: ByteOrder) -> Int? {
    guard offset >= 0, count <= self.count - offset else { return nil }
    let field = self[startIndex + offset..<startIndex + offset + count]
    return order == .big
      ? field.reduce(0) { $0 << 8 | Int($1) }
      : field.reversed().reduce(0) { $0 << 8 | Int($1) }
  }
}
