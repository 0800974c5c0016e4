import DigitNet
import StreetCore
import libz

/// The header before a member's bytes in a zip (APPNOTE.TXT, 4.3.7), of which only the name is used.
///
/// libarchive converts names to the locale's encoding, and returns none if that fails; these names are bytes.
struct ZipLocalHeader {
  /// The name as stored.
  let storedName: [UInt8]
  /// Whether the name is UTF-8, according to a flag or an extra field.
  private let isUTF8: Bool
  /// The Unicode name in an extra field; nil if there is none.
  private let unicodeName: [UInt8]?

  /// The signature of a header.
  static let signature: [UInt8] = Array("PK\u{3}\u{4}".utf8)
  /// The size of a header without name and extra fields, in bytes.
  package static let byteCount = 30
  /// Info-ZIP's Unicode Path (APPNOTE.TXT, 4.6.9).
  private static let unicodePath = 0x7075

  /// Reads the header at `offset`; nil if there is none.
  init?(_ file: RandomAccessFile, at offset: Int) throws(FileError) {
    let usual = try file.read(at: offset, count: 512)
    guard usual.starts(with: Self.signature), let flags = usual.integer(at: 6, count: 2, .little),
      let nameCount = usual.integer(at: 26, count: 2, .little),
      let extraCount = usual.integer(at: 28, count: 2, .little)
    else { return nil }
    let end = Self.byteCount + nameCount + extraCount
    let bytes = end <= usual.count ? usual : try file.read(at: offset, count: end)
    guard end <= bytes.count else { return nil }
    let name = Array(bytes[Self.byteCount..<Self.byteCount + nameCount])
    storedName = name
    unicodeName =
      bytes[Self.byteCount + nameCount..<end].extraFields.lazy.compactMap {
        $0.id == Self.unicodePath ? Self.unicodeName($0.content, of: name) : nil
      }.first
    isUTF8 = unicodeName != nil || flags & 0x800 != 0
  }

  /// The member's name, in Unicode if available. In a UTF-8 name without slashes, backslashes are separators, as some
  /// writers for MS-DOS and Windows use them; in other encodings, a backslash may be part of a character.
  package var name: [UInt8] {
    let name = unicodeName ?? storedName
    let slash = UInt8(ascii: "/")
    guard isUTF8 || name.allSatisfy({ $0 < 0x80 }), !name.contains(slash) else { return name }
    return Self.slashed(name)
  }

  /// Whether the name in the directory is the same; some writers use backslashes in one of the two and slashes in the
  /// other.
  func isNamed(_ name: some Sequence<UInt8>) -> Bool { Self.slashed(storedName) == Self.slashed(name) }

  private static func slashed(_ name: some Sequence<UInt8>) -> [UInt8] {
    name.map { $0 == UInt8(ascii: "\\") ? UInt8(ascii: "/") : $0 }
  }

  /// The Unicode name in an extra field, if it still belongs to the stored name: version 1, matching CRC-32, valid
  /// UTF-8.
  private static func unicodeName(_ field: ArraySlice<UInt8>, of name: [UInt8]) -> [UInt8]? {
    guard field.count > 5, field.first == 1,
      field.integer(at: 1, count: 4, .little) == Int(crc32(0, name, uInt(name.count)))
    else { return nil }
    let unicode = Array(field.dropFirst(5))
    return String(validating: unicode, as: UTF8.self) == nil ? nil : unicode
  }
}

extension ArraySlice<UInt8> {
  /// The extra fields (APPNOTE.TXT, 4.5); a truncated field has the bytes that there are.
  var extraFields: [(id: Int, content: ArraySlice<UInt8>)] {
    var fields: [(id: Int, content: ArraySlice<UInt8>)] = []
    var rest = self
    while let id = rest.integer(at: 0, count: 2, .little), let count = rest.integer(at: 2, count: 2, .little) {
      fields.append((id, rest.dropFirst(4).prefix(count)))
      rest = rest.dropFirst(4 + count)
    }
    return fields
  }
}
