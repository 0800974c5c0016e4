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

  /// What follows the last dot of a name's last part, in lower case; nil without one.
  static func fileExtension(_ name: String) -> String? {
    let last = name.split(separator: "/").last ?? ""
    return last.lastIndex(of: ".").map { last[last.index(after: $0)...].lowercased() }
  }
}
