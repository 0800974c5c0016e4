import Foundation

/// Names of members: bytes that are mostly UTF-8.
package enum MemberName {
  /// The name as text: as it is where its bytes are UTF-8, else with `%` and all bytes beyond ASCII percent-escaped; so is
  /// one with zeros, which end a text elsewhere.
  package static func text(_ bytes: some Collection<UInt8>) -> String {
    if !bytes.contains(0), let text = String(validating: bytes, as: UTF8.self) { return text }
    return bytes.reduce(into: "") { text, byte in
      if (1..<0x80).contains(byte), byte != UInt8(ascii: "%") {
        text.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        text += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
    }
  }

  /// What stands for the name of a member that has none, or none that can be read.
  static func placeholder(_ ordinal: Int) -> String { "(no name, member \(ordinal))" }

  /// The bytes of a text of libarchive's; none where it gives none.
  static func bytes(_ text: UnsafePointer<CChar>?) -> [UInt8] {
    guard let text else { return [] }
    return UnsafeBufferPointer(start: text, count: strlen(text)).map(UInt8.init(bitPattern:))
  }

  /// Whether GNU tar names the rest of a member so that begins in an earlier volume, where it writes pax.
  static func isOfVolume(_ name: String) -> Bool {
    name.split(separator: "/").first { $0 != "." }?.hasPrefix("GNUFileParts") == true
  }

  /// The place in a folder that a name leads to, as tar takes it: without `.`, empty parts, and a slash in front.
  package static func place(_ name: [UInt8]) -> [UInt8] {
    let parts = name.split(separator: UInt8(ascii: "/")).filter { !$0.elementsEqual([UInt8(ascii: ".")]) }
    return Array(parts.joined(separator: [UInt8(ascii: "/")]))
  }

  /// What follows the last dot of a name's last part, in lower case; nil without one.
  static func fileExtension(_ name: String) -> String? {
    let last = name.split(separator: "/").last ?? ""
    return last.lastIndex(of: ".").map { last[last.index(after: $0)...].lowercased() }
  }
}
