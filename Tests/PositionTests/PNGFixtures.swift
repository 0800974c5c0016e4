import TestSupport

/// Chunks of metadata.
enum PNGFixtures {
  static func exif(_ tiff: [UInt8]) -> [UInt8] { PNGEncoder.chunk("eXIf", tiff) }

  /// As ImageMagick writes it: hexadecimal digits, behind a name and a length.
  static func rawProfile(_ tiff: [UInt8]) -> [UInt8] {
    let block = Array("Exif\0\0".utf8) + tiff
    let digits = block.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    return PNGEncoder.chunk("tEXt", Array("Raw profile type exif\0\nexif\n    \(block.count)\n\(digits)\n".utf8))
  }

  static func xmp(_ packet: String) -> [UInt8] {
    PNGEncoder.chunk("iTXt", Array("XML:com.adobe.xmp\0\0\0\0\0\(packet)".utf8))
  }
}
