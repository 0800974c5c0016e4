import DigitNet

/// What the segments before a JPEG's first scan say, where libjpeg keeps it to itself.
struct JPEGSegments {
  /// How a frame is coded that libjpeg should not be asked about; nil where it should.
  private(set) var unsupportedCoding: String?
  /// How to turn the picture; upright where neither EXIF nor XMP says otherwise.
  private(set) var orientation = Orientation.upright
  /// Where the frame header states the number of rows, in two bytes; nil where no frame header was found.
  private(set) var rowCountOffset: Int?
  /// Where the first scan's header begins, at its length; nil where none was found.
  private(set) var scanOffset: Int?

  /// Walks over the segments; stops at a scan or at the first thing that is none, which libjpeg reports.
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

  /// Where the frame header of a file states the number of rows, in two bytes, and behind it that of columns; nil where none was
  /// found before a scan.
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

  /// The contents of a file's APP1 segments before its first scan, in their order.
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
