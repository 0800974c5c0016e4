package import Foundation

extension NumberCrop {
  /// The maximum length of a crop's longer side, in pixels.
  package static let longerSide = 160

  /// The maximum size of a crop's file in bytes, above what noise of the maximum size takes.
  package static let maximumBytes = 65_536

  /// Whether a file can be a crop, judged without decoding it: a JPEG that declares a size within the limit and has an
  /// end marker.
  package static func isCropFile(_ jpeg: Data) -> Bool {
    let bytes = [UInt8](jpeg.prefix(maximumBytes + 1))
    guard bytes.count <= maximumBytes, bytes.starts(with: [0xFF, 0xD8]), bytes.suffix(2) == [0xFF, 0xD9] else {
      return false
    }
    // A segment is a two-byte marker and a length that includes its own two bytes (ITU-T T.81, B.1.1.4).
    var place = 2
    while place + 9 < bytes.count, bytes[place] == 0xFF {
      func number(at offset: Int) -> Int { Int(bytes[place + offset]) << 8 | Int(bytes[place + offset + 1]) }
      switch bytes[place + 1] {
      case 0xC0...0xC2:  // A frame: baseline, extended or progressive; its height, then its width.
        return (1...longerSide).contains(number(at: 5)) && (1...longerSide).contains(number(at: 7))
      case 0xC4, 0xDB, 0xDD, 0xE0...0xFE: place += 2 + number(at: 2)
      default: return false
      }
    }
    return false
  }
}
