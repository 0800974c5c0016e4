import TestSupport

/// Pictures with metadata.
enum Pictures {
  /// A JPEG with APP1 segments.
  static func jpeg(exif: [[UInt8]] = [], xmp: [String] = []) -> [UInt8] {
    let file = JPEGFixture.grey.file
    let segments =
      exif.map { Array("Exif\0\0".utf8) + $0 } + xmp.map { Array("http://ns.adobe.com/xap/1.0/\0\($0)".utf8) }
    var bytes = Array(file.prefix(2))
    for segment in segments {
      let count = segment.count + 2
      bytes += [0xFF, 0xE1, UInt8(truncatingIfNeeded: count >> 8), UInt8(truncatingIfNeeded: count)]
      bytes += segment
    }
    return bytes + file.dropFirst(2)
  }

  /// A PNG with chunks in front of its pixels.
  static func png(chunks: [[UInt8]]) -> [UInt8] {
    let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    return signature + PNGEncoder.chunk("IHDR", [0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]) + chunks.flatMap(\.self)
      + PNGEncoder.chunk("IDAT", PNGEncoder.zlib([0, 128])) + PNGEncoder.chunk("IEND", [])
  }

  /// An XMP packet with a description's attributes and what lies inside it.
  static func xmp(_ attributes: String, inside: String = "") -> String {
    """
    <?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">
    <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
      xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:GPano="http://ns.google.com/photos/1.0/panorama/"
      xmlns:xmp="http://ns.adobe.com/xap/1.0/" \(attributes)>\(inside)</rdf:Description></rdf:RDF></x:xmpmeta>
    <?xpacket end="w"?>
    """
  }
}
