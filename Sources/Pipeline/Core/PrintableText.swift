/// Escapes a text for one line of output. Control characters, which could move a terminal's cursor, and characters that
/// change the writing direction, which could disguise a name, are percent-escaped.
package func printable(_ text: String) -> String {
  guard text.unicodeScalars.contains(where: \.isUnprintable) else { return text }
  return text.unicodeScalars.map { scalar in
    scalar.isUnprintable ? String(scalar).utf8.map(percentEscaped).joined() : String(scalar)
  }.joined()
}

/// A byte as `%` and two hexadecimal digits.
func percentEscaped(_ byte: UInt8) -> String {
  "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
}

extension Unicode.Scalar {
  /// Whether the character is a control character, a line or paragraph separator, or embeds, overrides or isolates a
  /// writing direction (Unicode Standard Annex 9, 2).
  fileprivate var isUnprintable: Bool {
    switch value {
    case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029, 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}
