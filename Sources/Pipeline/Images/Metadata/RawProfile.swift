/// Metadata that ImageMagick, exiv2 and darktable write to PNG as text: the profile's name, its length, and its bytes
/// in hexadecimal, on separate lines.
enum RawProfile {
  /// The profile's bytes, up to the first character that is neither a digit nor white space. The stated length is
  /// ignored.
  static func bytes(of text: ArraySlice<UInt8>) -> [UInt8] {
    // The digits are preceded by an optional empty line, the name and the length.
    let name = text.drop(while: isSpace)
    let length = name.drop { !isLineEnd($0) }.drop(while: isSpace)
    let digits = length.drop { !isSpace($0) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(digits.count / 2)
    var high: UInt8?
    for character in digits where !isSpace(character) {
      guard let digit = value(of: character) else { break }
      if let first = high {
        bytes.append(first << 4 | digit)
        high = nil
      } else {
        high = digit
      }
    }
    return bytes
  }

  private static func value(of digit: UInt8) -> UInt8? {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
    default: nil
    }
  }

  private static func isLineEnd(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == 9 || isLineEnd(byte) }
}
