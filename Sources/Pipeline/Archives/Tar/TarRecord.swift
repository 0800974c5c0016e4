/// The 512 bytes that a tar is made of: a header, a stretch of a member, or zeros.
enum TarRecord {
  package static let byteCount = 512

  /// A header that is damaged is tried again at the next record, up to 32 MiB on.
  static let mostBetweenHeaders = 65_536

  /// Where a header keeps its checksum.
  private static let checksum = 148..<156

  /// Whether it is a header: whether its bytes, with spaces for the checksum, add up to that. Some add them as signed.
  static func isHeader(_ record: some RandomAccessCollection<UInt8>) -> Bool {
    let bytes = Array(record)
    guard bytes.count == byteCount else { return false }
    let digits = bytes[checksum].drop { $0 == UInt8(ascii: " ") }.prefix {
      (UInt8(ascii: "0")...UInt8(ascii: "7")).contains($0)
    }
    guard !digits.isEmpty else { return false }
    let claimed = digits.reduce(0) { $0 << 3 | Int($1 - UInt8(ascii: "0")) }
    let spaces = checksum.count * Int(UInt8(ascii: " "))
    let rest = bytes[..<checksum.lowerBound] + bytes[checksum.upperBound...]
    return claimed == rest.reduce(spaces) { $0 + Int($1) }
      || claimed == rest.reduce(spaces) { $0 + Int(Int8(bitPattern: $1)) }
  }
}
