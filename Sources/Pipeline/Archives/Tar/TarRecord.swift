/// A record of 512 bytes, the unit of a tar: a header, part of a member, or zeros.
enum TarRecord {
  package static let byteCount = 512

  /// After a damaged header, the maximum number of records searched for the next header: 32 MiB.
  static let maximumBetweenHeaders = 65_536

  /// The bytes of a header that contain its checksum.
  private static let checksum = 148..<156

  /// Whether the record is a header, which is so if the sum of its bytes, with spaces in place of the checksum, equals
  /// the checksum. Some writers sum signed bytes.
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
