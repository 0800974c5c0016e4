import StreetCore

/// Limits on the work for one picture.
public struct ImageLimits: Sendable, Hashable {
  /// The allowed values of ``megapixels``.
  public static let megapixelsRange = 1...4_096
  /// The allowed values of ``progressiveScans``.
  public static let progressiveScansRange = 1...10_000
  /// The maximum side of any picture, in pixels, which keeps a row small. JPEG's own limit is lower.
  static let longestSide = 1_000_000

  /// The maximum number of pixels in a picture, in millions.
  public let megapixels: Int
  /// The maximum number of scans in a JPEG. Each is a pass over all pixels, though it takes only a few bytes of the
  /// file.
  public let progressiveScans: Int

  /// Limits within ``megapixelsRange`` and ``progressiveScansRange``.
  public init(megapixels: Int = 256, progressiveScans: Int = 100) {
    precondition(ImageLimits.megapixelsRange.contains(megapixels))
    precondition(ImageLimits.progressiveScansRange.contains(progressiveScans))
    self.megapixels = megapixels
    self.progressiveScans = progressiveScans
  }

  /// Throws if a picture of this size (each side below 2^32) is too large.
  func check(_ format: ImageFormat, width: Int, height: Int) throws(ImageError) {
    if width * height > megapixels * 1_000_000 {
      throw ImageError(
        .tooManyPixels,
        "the picture is \(width) x \(height) pixels, more than \(megapixels) megapixels; "
          + "to read it, raise the limit")
    }
    if max(width, height) > ImageLimits.longestSide {
      throw .unsupported(format, "a side of more than \(ImageLimits.longestSide) pixels")
    }
  }

  var tooManyScans: ImageError {
    ImageError(
      .tooManyScans, "the JPEG file has more than \(progressiveScans) scans; to read it, raise the limit")
  }
}
