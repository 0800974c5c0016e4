import DigitNet

/// What a zip's directory says of one member's place (APPNOTE.TXT, 4.3.12).
struct ZipDirectoryEntry {
  /// Bytes that the entry takes in the directory.
  package let byteCount: Int
  /// Where the member's header begins, counted from the zip's first byte.
  private(set) var offset: Int
  /// Bytes of its content in the zip.
  private(set) var compressed: Int
  /// Where its name lies in the file.
  package let name: Range<Int>

  /// Where it lies in the file.
  var place: Range<Int> {
    let start = name.lowerBound - Self.fixed
    return start..<start + byteCount
  }

  /// The most that an entry can take: its fixed part, and name, extra fields and comment of 65,535 bytes each.
  static let mostBytes = fixed + 3 * 65_535
  /// What an entry begins with.
  static let signature: [UInt8] = Array("PK\u{1}\u{2}".utf8)
  private static let fixed = 46
  /// Says that a number is in the extra field instead.
  private static let elsewhere = 0xFFFF_FFFF

  /// Reads the entry that `bytes`, which lie in the file from `place` on, begin with; nil where they are none.
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

  /// Takes numbers of 8 bytes from the extra field 1, which holds those alone that have no room in the entry, in order.
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
