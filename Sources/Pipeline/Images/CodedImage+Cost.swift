import DigitNet
import StreetCore

extension CodedImage {
  /// The maximum memory, in bytes, for reading the numbers of a picture with the size that its header states. It
  /// exceeds ``cost(enlargedBelow:)`` for a picture that is read row by row. No decoder is run. Files that state no
  /// size, or one above a limit, count as without pixels.
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
      // If the number of rows follows the scan, it is unknown here; the maximum is assumed.
      return ImageSize(width: columns, height: rows == 0 ? 0xFFFF : rows)
    case nil: return nil
    }
  }
}
