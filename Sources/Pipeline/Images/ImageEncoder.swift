import CJPEG
import CPNG
package import DigitNet
import libz

/// Encodes pictures as files.
package enum ImageEncoder {
  /// The picture as PNG, 8 bits per channel, at most 256 megapixels; nil if memory is short.
  package static func png(_ image: Image) -> [UInt8]? {
    precondition(image.width * image.height <= 1 << 28)
    let (width, height) = (UInt32(image.width), UInt32(image.height))
    let bound = cpng_encoded_bound(width, height)
    let bytes = [UInt8](unsafeUninitializedCapacity: bound) { bytes, count in
      count = cpng_encode(width, height, image.pixels, bytes.baseAddress, bound)
    }
    return bytes.isEmpty ? nil : bytes
  }

  /// The picture as JPEG, at most 65,500 pixels a side; nil if memory is short. `quality` is on JPEG's usual scale,
  /// 0...100.
  package static func jpeg(_ image: Image, quality: Int) -> [UInt8]? {
    // An upper bound on the size, even for noise at the highest quality.
    let bound = 2 * image.pixels.count + 4_096
    let bytes = [UInt8](unsafeUninitializedCapacity: bound) { bytes, count in
      guard let start = bytes.baseAddress else { return }
      count = cjpeg_encode(UInt32(image.width), UInt32(image.height), image.pixels, Int32(quality), start, bound)
    }
    return bytes.isEmpty ? nil : bytes
  }

  /// The picture as a file that is marked as a drawing of this program: JPEG if the name has a JPEG extension, else
  /// PNG. Nil if memory is short.
  package static func drawing(_ image: Image, named name: String = "") -> [UInt8]? {
    let ending = name.lowercased()
    let isJPEG = ending.hasSuffix(".jpg") || ending.hasSuffix(".jpeg")
    guard var bytes = isJPEG ? jpeg(image, quality: 88) : png(image) else { return nil }
    bytes.insert(contentsOf: isJPEG ? jpegMark : pngMark, at: isJPEG ? jpegPlace : pngPlace)
    return bytes
  }

  /// Whether a file with these first bytes is a drawing of this program.
  package static func isDrawing(_ head: [UInt8]) -> Bool {
    head.dropFirst(pngPlace).starts(with: pngMark) || head.dropFirst(jpegPlace).starts(with: jpegMark)
  }

  /// The number of first bytes needed to recognise a drawing.
  package static let drawingHead = pngPlace + pngMark.count

  /// The offsets of the marks: after the signature and header of PNG, and after JPEG's JFIF segment. Both have the same
  /// length in every file written here.
  private static let (pngPlace, jpegPlace) = (33, 20)

  /// A text chunk that names the program (PNG specification, 11.3.4.3).
  private static let pngMark: [UInt8] = {
    let text = Array("Software\u{0}streetnum drawing".utf8)
    let content = Array("tEXt".utf8) + text
    return bigEndian(text.count, 4) + content + bigEndian(Int(crc32(0, content, uInt(content.count))), 4)
  }()

  /// A comment segment that names the program (ITU-T T.81, B.2.4.5).
  private static let jpegMark: [UInt8] = {
    let text = Array("streetnum drawing".utf8)
    return [0xFF, 0xFE] + bigEndian(2 + text.count, 2) + text
  }()

  private static func bigEndian(_ number: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * (count - 1 - $0))) }
  }
}
