import DigitNet
import StreetCore

extension CodedImage {
  /// Bytes that reading the numbers of a file's picture takes at most, by the size that it states: more than ``cost(enlargedBelow:)``
  /// where the picture is read row by row. No decoder is asked; a file that states no size, or one past a limit, has no pixels.
  package static func cost(of bytes: [UInt8], limits: ImageLimits, enlargedBelow: Int) -> Int {
    guard let size = statedSize(of: bytes), (1...limits.megapixels * 1_000_000).contains(size.pixels) else {
      return bytes.count
    }
    return bytes.count + wholeCost(pixels: size.pixels, enlargedBelow: enlargedBelow)
  }

  private static func statedSize(of bytes: [UInt8]) -> ImageSize? {
    switch ImageFormat(signature: bytes) {
    case .png:
      guard let width = bytes.integer(at: 16, count: 4, .big), let height = bytes.integer(at: 20, count: 4, .big) else {
        return nil
      }
      return ImageSize(width: width, height: height)
    case .jpeg:
      guard let offset = JPEGSegments.rowCountOffset(in: bytes), let rows = bytes.integer(at: offset, count: 2, .big),
        let columns = bytes.integer(at: offset + 2, count: 2, .big)
      else { return nil }
      // Where the number of rows follows the scan, it may be any.
      return ImageSize(width: columns, height: rows == 0 ? 0xFFFF : rows)
    case nil: return nil
    }
  }
}
