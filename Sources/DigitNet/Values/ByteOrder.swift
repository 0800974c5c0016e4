/// Which byte of an integer comes first: the one of the lowest value, or the one of the highest.
package enum ByteOrder: Sendable {
  case little, big
}

extension RandomAccessCollection<UInt8> where Index == Int {
  /// The unsigned integer in `count` bytes, at most 8, that begin `offset` bytes behind the first; nil where they don't all
  /// lie in these bytes. One of 8 bytes that is too large for `Int` comes out negative.
  package func integer(at offset: Int, count: Int, _ order: ByteOrder) -> Int? {
    guard offset >= 0, count <= self.count - offset else { return nil }
    let field = self[startIndex + offset..<startIndex + offset + count]
    return order == .big
      ? field.reduce(0) { $0 << 8 | Int($1) }
      : field.reversed().reduce(0) { $0 << 8 | Int($1) }
  }
}
