import CJPEG
import CPNG
package import DigitNet
import libz

/// Writes pictures as files.
package enum ImageEncoder {
  /// A picture as PNG, 8 bits a channel, at most 256 megapixels; nil where memory is short.
  package static func png(_ image: Image) -> [UInt8]? {
    precondition(image.width * image.height <= 1 << 28)
    let (width, height) = (UInt32(image.width), UInt32(image.height))
    let bound = cpng_encoded_bound(width, height)
    let bytes = [UInt8](unsafeUninitializedCapacity: bound) { bytes, count in
      count = cpng_encode(width, height, image.pixels, bytes.baseAddress, bound)
    }
    return bytes.isEmpty ? nil : bytes
  }

  /// A picture as JPEG, at most 65,500 pixels a side; nil where memory is short. `quality` is JPEG's own scale, 0...100.
  package static func jpeg(_ image: Image, quality: Int) -> [UInt8]? {
    // More than noise takes, at any quality.
    let bound = 2 * image.pixels.count + 4_096
    let bytes = [UInt8](unsafeUninitializedCapacity: bound) { bytes, count in
      guard let start = bytes.baseAddress else { return }
      count = cjpeg_encode(UInt32(image.width), UInt32(image.height), image.pixels, Int32(quality), start, bound)
    }
    return bytes.isEmpty ? nil : bytes
  }

  /// A picture as PNG, marked as a drawing of this program; nil where memory is short.
  package static func drawing(_ image: Image) -> [UInt8]? {
    guard var bytes = png(image) else { return nil }
    // Behind the signature and the header, which are of one length in every file.
    bytes.insert(contentsOf: mark, at: 33)
    return bytes
  }

  /// Whether a file that begins so is a drawing of this program.
  package static func isDrawing(_ head: [UInt8]) -> Bool {
    head.count >= 33 + mark.count && head[33..<33 + mark.count].elementsEqual(mark)
  }

  /// First bytes of a file that tell whether it is a drawing.
  package static let drawingHead = 33 + mark.count

  /// A chunk of text that names the program (PNG specification, 11.3.4.3).
  private static let mark: [UInt8] = {
    let text = Array("Software\u{0}streetnum drawing".utf8)
    let content = Array("tEXt".utf8) + text
    func bigEndian(_ number: UInt32) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: number >> (24 - 8 * $0)) } }
    return bigEndian(UInt32(text.count)) + content + bigEndian(UInt32(crc32(0, content, uInt(content.count))))
  }()
}
