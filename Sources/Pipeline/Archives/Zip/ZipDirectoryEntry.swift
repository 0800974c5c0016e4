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

  /// The most that an entry can take: its fixed part, and name, extra fields and comment of 65,535 bytes each.
  static let mostBytes = fixed + 3 * 65_535
  /// What an entry begins with.
  static let signature: [UInt8] = Array("PK\u{1}\u{2}".utf8)
  private static let fixed = 46
  /// Says that a number is in the extra field instead.
  private static let elsewhere = 0xFFFF_FFFF

  /// Reads the entry that `bytes`, which lie in the file from `place` on, begin with; nil where they are none.
  init?(_ bytes: ArraySlice<UInt8>, at place: Int) {
    guard bytes.count >= Self.fixed, bytes.starts(with: Self.signature) else { return nil }
    let start = bytes.startIndex
    let nameCount = bytes.number(at: start + 28, 2)
    let extraCount = bytes.number(at: start + 30, 2)
    name = place + Self.fixed..<place + Self.fixed + nameCount
    byteCount = Self.fixed + nameCount + extraCount + bytes.number(at: start + 32, 2)
    compressed = bytes.number(at: start + 20, 4)
    offset = bytes.number(at: start + 42, 4)
    guard byteCount <= bytes.count else { return nil }
    let extra = start + Self.fixed + nameCount
    readZip64(bytes[extra..<extra + extraCount], hasSize: bytes.number(at: start + 24, 4) == Self.elsewhere)
    guard offset >= 0, compressed >= 0, offset < 1 << 62, compressed < 1 << 62 else { return nil }
  }

  /// Takes numbers of 8 bytes from the extra field 1, which holds those alone that have no room in the entry, in order.
  private mutating func readZip64(_ extra: ArraySlice<UInt8>, hasSize: Bool) {
    for field in extra.extraFields where field.id == 1 {
      var rest = field.content
      if hasSize { rest = rest.dropFirst(8) }
      for number in [\Self.compressed, \Self.offset] where self[keyPath: number] == Self.elsewhere && rest.count >= 8 {
        self[keyPath: number] = rest.number(at: rest.startIndex, 8)
        rest = rest.dropFirst(8)
      }
    }
  }
}

extension RandomAccessCollection<UInt8> where Index == Int {
  /// The number in `count` bytes from the lowest; one of 8 bytes that is too large is negative.
  func number(at index: Int, _ count: Int) -> Int {
    self[index..<index + count].reversed().reduce(0) { $0 << 8 | Int($1) }
  }
}
