import DigitNet

/// The entry of one member in the central directory (APPNOTE.TXT, 4.3.12).
struct ZipDirectoryEntry {
  /// The size of the entry in the directory, in bytes.
  package let byteCount: Int
  /// The offset of the member's header from the zip's first byte.
  private(set) var offset: Int
  /// The size of the content in the zip, in bytes.
  private(set) var compressed: Int
  /// The range of the name in the file.
  package let name: Range<Int>

  /// The range of the entry in the file.
  var place: Range<Int> {
    let start = name.lowerBound - Self.fixed
    return start..<start + byteCount
  }

  /// The maximum size of an entry: the fixed part, and a name, extra fields and a comment of 65,535 bytes each.
  static let maximumBytes = fixed + 3 * 65_535
  /// The signature of an entry.
  static let signature: [UInt8] = Array("PK\u{1}\u{2}".utf8)
  private static let fixed = 46
  /// The value that means that the number is in the zip64 extra field.
  private static let elsewhere = 0xFFFF_FFFF

  /// Reads the entry at the start of `bytes`, which are in the file from `place` on; nil if there is none.
  init?(_ bytes: ArraySlice<UInt8>, at place: Int) {
    guard bytes.starts(with: Self.signature),
      let compressed = bytes.integer(at: 20, count: 4, .little), let size = bytes.integer(at: 24, count: 4, .little),
      let nameCount = bytes.integer(at: 28, count: 2, .little),
      let extraCount = bytes.integer(at: 30, count: 2, .little),
      let commentCount = bytes.integer(at: 32, count: 2, .little),
      let offset = bytes.integer(at: 42, count: 4, .little)
    else { return nil }
    (self.compressed, self.offset) = (compressed, offset)
    name = place + Self.fixed..<place + Self.fixed + nameCount
    byteCount = Self.fixed + nameCount + extraCount + commentCount
    guard byteCount <= bytes.count else { return nil }
    readZip64(bytes.dropFirst(Self.fixed + nameCount).prefix(extraCount), hasSize: size == Self.elsewhere)
    guard (0..<1 << 62).contains(self.offset), (0..<1 << 62).contains(self.compressed) else { return nil }
  }

  /// Reads 8-byte numbers from extra field 1, which contains, in order, only those that do not fit the entry.
  private mutating func readZip64(_ extra: ArraySlice<UInt8>, hasSize: Bool) {
    for field in extra.extraFields where field.id == 1 {
      var rest = field.content
      if hasSize { rest = rest.dropFirst(8) }
      for place in [\Self.compressed, \Self.offset] where self[keyPath: place] == Self.elsewhere {
        guard let number = rest.integer(at: 0, count: 8, .little) else { break }
        self[keyPath: place] = number
        rest = rest.dropFirst(8)
      }
    }
  }
}
