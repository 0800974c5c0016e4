/// The Netpbm formats (PBM, PGM, PPM, PAM, PFM), which have a text header.
enum Netpbm {
  /// Whether the bytes begin with a complete header; the letter P and a digit alone also begin many texts.
  static func isHeader(_ bytes: [UInt8]) -> Bool {
    let text = String(decoding: bytes.prefix(256), as: UTF8.self)
    guard let kind = text.dropFirst().first, text.first == "P" else { return false }
    if kind == "7" { return text.hasPrefix("P7\nWIDTH ") || text.hasPrefix("P7\nHEIGHT ") }
    guard "123456Ff".contains(kind), text.dropFirst(2).first?.isWhitespace == true else { return false }
    let lines = text.dropFirst(2).split(whereSeparator: \.isNewline).filter { !$0.hasPrefix("#") }
    let words = lines.prefix(3).flatMap { $0.split(whereSeparator: \.isWhitespace) }
    let sizes = words.prefix(2).compactMap { Int($0) }
    guard sizes.count == 2, sizes.allSatisfy({ (1...1_000_000).contains($0) }) else { return false }
    // All formats except bitmaps state the maximum sample value.
    if "14".contains(kind) { return kind == "4" || words.dropFirst(2).allSatisfy { $0.allSatisfy("01".contains) } }
    return words.dropFirst(2).first.flatMap { Double($0) }.map { abs($0) <= 65_535 } ?? false
  }
}
