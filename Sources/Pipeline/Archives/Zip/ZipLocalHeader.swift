import DigitNet
import StreetCore
import libz

/// What a member of a zip says of itself in front of its bytes (APPNOTE.TXT, 4.3.7): its name.
///
/// libarchive converts names to the locale's encoding and gives none where that can't be done; these are bytes.
struct ZipLocalHeader {
  /// The name as it is stored.
  let storedName: [UInt8]
  /// Whether the name is UTF-8, as the header or an extra field says.
  private let isUTF8: Bool
  /// The name in Unicode that stands beside the stored one, or nil.
  private let unicodeName: [UInt8]?

  /// What a header begins with.
  static let signature: [UInt8] = Array("PK\u{3}\u{4}".utf8)
  /// Bytes of it without name and extra fields.
  package static let byteCount = 30
  /// Info-ZIP's Unicode Path (APPNOTE.TXT, 4.6.9).
  private static let unicodePath = 0x7075

  /// Reads the header at `offset`; nil where there is none.
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

  /// The member's name: the one in Unicode where there is one. Where it is UTF-8 and has no slash, backslashes are those
  /// that some writers of MS-DOS and Windows put; in other encodings they may be the half of a letter.
  package var name: [UInt8] {
    let name = unicodeName ?? storedName
    let slash = UInt8(ascii: "/")
    guard isUTF8 || name.allSatisfy({ $0 < 0x80 }), !name.contains(slash) else { return name }
    return Self.slashed(name)
  }

  /// Whether the directory says this name, too; writers are known who put backslashes in one place and slashes in the other.
  func isNamed(_ name: some Sequence<UInt8>) -> Bool { Self.slashed(storedName) == Self.slashed(name) }

  private static func slashed(_ name: some Sequence<UInt8>) -> [UInt8] {
    name.map { $0 == UInt8(ascii: "\\") ? UInt8(ascii: "/") : $0 }
  }

  /// The field's name, if it is still that of the stored one: version 1, the stored name's CRC-32, and UTF-8.
  private static func unicodeName(_ field: ArraySlice<UInt8>, of name: [UInt8]) -> [UInt8]? {
    guard field.count > 5, field.first == 1,
      field.integer(at: 1, count: 4, .little) == Int(crc32(0, name, uInt(name.count)))
    else { return nil }
    let unicode = Array(field.dropFirst(5))
    return String(validating: unicode, as: UTF8.self) == nil ? nil : unicode
  }
}

extension ArraySlice<UInt8> {
  /// A zip's extra fields (APPNOTE.TXT, 4.5); one that is cut holds what there is of it.
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
