import DigitNet

/// The information in the segments before a JPEG's first scan that libjpeg does not provide.
struct JPEGSegments {
  /// The frame's coding, if libjpeg does not support it; nil otherwise.
  private(set) var unsupportedCoding: String?
  /// The orientation; upright if neither EXIF nor XMP states one.
  private(set) var orientation = Orientation.upright
  /// The offset of the two-byte number of rows in the frame header; nil if there is no frame header.
  private(set) var rowCountOffset: Int?
  /// The offset of the length of the first scan's header; nil if there is none.
  private(set) var scanOffset: Int?

  /// Reads the segments up to a scan or to the first error, which libjpeg will report.
  init(_ bytes: [UInt8]) {
    var metadata = ImageMetadata()
    defer { orientation = metadata.orientation }
    var offset = 2
    while let marker = JPEGSegments.nextMarker(in: bytes, from: &offset),
      let length = bytes.integer(at: offset, count: 2, .big)
    {
      guard length >= 2, offset + length <= bytes.count else { return }
      switch marker {
      case 0xC4, 0xC8, 0xCC: break  // tables and an extension between the frame markers
      case 0xC0...0xCF where rowCountOffset == nil:
        if marker > 0xC2 { unsupportedCoding = "lossless, hierarchical or arithmetic coding" }
        rowCountOffset = offset + 3
      case 0xF7:
        unsupportedCoding = "JPEG-LS"
        return
      case 0xDA:
        scanOffset = offset
        return
      case 0xE1: metadata.take(app1: bytes[offset + 2..<offset + length], exifAs: .exif)
      default: break
      }
      offset += length
    }
  }

  /// The offset of the number of rows in a file's frame header, two bytes that are followed by the number of columns;
  /// nil if there is no frame header before a scan.
  static func rowCountOffset(in bytes: [UInt8]) -> Int? {
    var offset = 2
    while let marker = nextMarker(in: bytes, from: &offset), marker != 0xDA,
      let length = bytes.integer(at: offset, count: 2, .big), length >= 2
    {
      if (0xC0...0xCF).contains(marker), ![0xC4, 0xC8, 0xCC].contains(marker) { return offset + 3 }
      offset += length
    }
    return nil
  }

  /// The contents of a file's APP1 segments before its first scan, in order.
  static func app1(in bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    var offset = 2
    var blocks: [ArraySlice<UInt8>] = []
    while let marker = nextMarker(in: bytes, from: &offset), marker != 0xDA,
      let length = bytes.integer(at: offset, count: 2, .big), length >= 2, offset + length <= bytes.count
    {
      if marker == 0xE1 { blocks.append(bytes[offset + 2..<offset + length]) }
      offset += length
    }
    return blocks
  }

  /// The code of the next marker that has a length; skips stray bytes and fill bytes like libjpeg.
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
