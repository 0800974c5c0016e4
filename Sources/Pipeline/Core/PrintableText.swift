/// A text as one line of visible characters: control characters, which could move a terminal's cursor, and those that turn
/// the direction of writing, which could show one name for another, are percent-escaped.
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
  /// Whether it is a control character, a line or paragraph separator, or a mark that embeds, overrides or isolates a
  /// direction (Unicode Standard Annex 9, 2).
  fileprivate var isUnprintable: Bool {
    switch value {
    case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029, 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}
