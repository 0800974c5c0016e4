/// Parses decimal numbers in data files.
enum Decimal {
  /// The number in a text that consists of digits and optionally a sign, a point and an exponent; nil for any other
  /// text, such as `nan`, `0x1F` or an empty text.
  static func value(_ text: some StringProtocol) -> Double? {
    guard (1...64).contains(text.utf8.count),
      text.utf8.allSatisfy({ (48...57).contains($0) || "+-.eE".utf8.contains($0) }),
      let value = Double(String(text)), value.isFinite
    else { return nil }
    return value
  }
}
