/// Converts degrees, minutes and seconds to degrees.
enum Sexagesimal {
  /// Degrees from one to three numbers: degrees, minutes below 60 and seconds up to 60; nil if they are invalid.
  ///
  /// Without a reference letter, the value is north or east. A negative number of degrees may have the letter for
  /// negative values or none; with the letter for positive values, it is a contradiction.
  static func degrees(_ parts: [Double], reference: String?, positive: String, negative: String) -> Double? {
    guard let whole = parts.first, 1...3 ~= parts.count, parts.allSatisfy(\.isFinite),
      parts.count < 2 || (0..<60).contains(parts[1]), parts.count < 3 || (0...60).contains(parts[2])
    else { return nil }
    let rest = (parts.count > 1 ? parts[1] / 60 : 0) + (parts.count > 2 ? parts[2] / 3600 : 0)
    let size = whole.magnitude + rest
    switch reference {
    case positive, nil, "": return whole.sign == .minus && whole != 0 ? (reference == positive ? nil : -size) : size
    case negative: return -size
    default: return nil
    }
  }
}
