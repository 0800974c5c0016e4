import Foundation

/// Conversions of member names, which are bytes and mostly UTF-8.
package enum MemberName {
  /// The name as text. UTF-8 is kept as it is; in other names, and in names with zero bytes, `%` and all bytes beyond
  /// ASCII are percent-escaped.
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

  /// The name of a member that has none, or none that can be read.
  static func placeholder(_ ordinal: Int) -> String { "(no name, member \(ordinal))" }

  /// The bytes of a C string from libarchive; empty for a null pointer.
  static func bytes(_ text: UnsafePointer<CChar>?) -> [UInt8] {
    guard let text else { return [] }
    return UnsafeBufferPointer(start: text, count: strlen(text)).map(UInt8.init(bitPattern:))
  }

  /// Whether the name is the one that GNU tar, in pax format, gives to the continuation of a member from an earlier
  /// volume.
  static func isOfVolume(_ name: String) -> Bool {
    name.split(separator: "/").first { $0 != "." }?.hasPrefix("GNUFileParts") == true
  }

  /// The path in a folder that a name refers to, as tar interprets it: without `.`, empty components and a leading
  /// slash.
  package static func place(_ name: [UInt8]) -> [UInt8] {
    let parts = name.split(separator: UInt8(ascii: "/")).filter { !$0.elementsEqual([UInt8(ascii: ".")]) }
    return Array(parts.joined(separator: [UInt8(ascii: "/")]))
  }

  /// The extension of a name's last component, in lower case; nil without one.
  static func fileExtension(_ name: String) -> String? {
    let last = name.split(separator: "/").last ?? ""
    return last.lastIndex(of: ".").map { last[last.index(after: $0)...].lowercased() }
  }
}
