import Foundation

/// Names of members: bytes that are mostly UTF-8.
enum MemberName {
  /// The name as text: as it is where its bytes are UTF-8, else with `%` and all bytes beyond ASCII percent-escaped.
  static func text(_ bytes: some Collection<UInt8>) -> String {
    if let text = String(validating: bytes, as: UTF8.self) { return text }
    return bytes.reduce(into: "") { text, byte in
      if byte < 0x80, byte != UInt8(ascii: "%") {
        text.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        text += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
    }
  }

  /// The name that libarchive gives: converted to the locale's encoding, or as UTF-8 where it gives that up.
  static func text(_ converted: UnsafePointer<CChar>?, _ utf8: UnsafePointer<CChar>?) -> String {
    guard let bytes = converted ?? utf8 else { return "" }
    return text(UnsafeBufferPointer(start: bytes, count: strlen(bytes)).map(UInt8.init(bitPattern:)))
  }

  /// Whether the name promises a picture.
  static func promisesPicture(_ name: String) -> Bool {
    let name = name.lowercased()
    return [".png", ".jpg", ".jpeg"].contains { name.hasSuffix($0) }
  }

  /// Whether it is some system's note about another file, named like it: `._x`, `__MACOSX/`.
  static func isSystemNote(_ name: String) -> Bool {
    let parts = name.split(separator: "/")
    return parts.last?.hasPrefix("._") == true || parts.contains("__MACOSX")
  }
}
