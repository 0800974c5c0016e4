import CPNG
package import DigitNet

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
}
