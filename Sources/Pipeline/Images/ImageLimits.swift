import StreetCore

/// How much work one picture may be.
public struct ImageLimits: Sendable, Hashable {
  /// What ``megapixels`` may be set to.
  public static let megapixelsRange = 1...4_096
  /// What ``progressiveScans`` may be set to.
  public static let progressiveScansRange = 1...10_000
  /// Pixels on one side, for any picture: keeps a row small beside the picture. JPEG's own limit is lower.
  static let longestSide = 1_000_000

  /// Most pixels in a picture, in millions.
  public let megapixels: Int
  /// Most scans in a JPEG: each is a pass over all pixels, and costs a few bytes to ask for.
  public let progressiveScans: Int

  /// Limits within ``megapixelsRange`` and ``progressiveScansRange``.
  public init(megapixels: Int = 256, progressiveScans: Int = 100) {
    precondition(ImageLimits.megapixelsRange.contains(megapixels))
    precondition(ImageLimits.progressiveScansRange.contains(progressiveScans))
    self.megapixels = megapixels
    self.progressiveScans = progressiveScans
  }

  /// Throws where a picture of this size (at most 32 bits a side) is too large.
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
