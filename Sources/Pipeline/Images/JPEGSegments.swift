/// What the segments before a JPEG's first scan say, where libjpeg keeps it to itself.
struct JPEGSegments {
  /// The low four bits of the frame's marker, SOF0 to SOF15: which process coded it; nil where none was found.
  private(set) var process: Int?
  /// Whether libjpeg should be asked at all: baseline, extended sequential or progressive, Huffman coded.
  var isSupported: Bool { process.map { $0 <= 2 } ?? true }
  /// How to turn the picture; upright where no EXIF says otherwise.
  private(set) var orientation = Orientation.upright

  private static let exifSignature: [UInt8] = Array("Exif\0\0".utf8)

  /// Walks over the segments; stops at a scan or at the first thing that is none, which libjpeg reports.
  init(_ bytes: [UInt8]) {
    var offset = 2
    var hasExif = false
    while let marker = JPEGSegments.nextMarker(in: bytes, from: &offset), offset + 2 <= bytes.count {
      let length = Int(bytes[offset]) << 8 | Int(bytes[offset + 1])
      guard length >= 2, offset + length <= bytes.count else { return }
      let payload = bytes[offset + 2..<offset + length]
      switch marker {
      case 0xC4, 0xC8, 0xCC: break  // tables and an extension between the frame markers
      case 0xC0...0xCF: process = process ?? Int(marker & 0x0F)
      case 0xDA: return
      case 0xE1 where !hasExif && payload.starts(with: JPEGSegments.exifSignature):
        hasExif = true
        orientation = Orientation(exif: payload.dropFirst(JPEGSegments.exifSignature.count)) ?? .upright
      default: break
      }
      offset += length
    }
  }

  /// The code of the next marker that has a length; skips stray bytes and fill bytes as libjpeg does.
  private static func nextMarker(in bytes: [UInt8], from offset: inout Int) -> UInt8? {
    while offset + 1 < bytes.count {
      let (first, code) = (bytes[offset], bytes[offset + 1])
      guard first == 0xFF, code != 0xFF, code != 0 else {
        offset += 1
        continue
      }
      offset += 2
      let isBare = code == 0x01 || (0xD0...0xD9).contains(code)
      if !isBare { return code }
    }
    return nil
  }
}
