import ArgumentParser
import Pipeline

/// The limits on the cost of decoding a picture.
struct PixelLimitOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Maximum size of a picture, in megapixels.", valueName: "megapixels"))
  var maxMegapixels = ImageLimits().megapixels

  @Option(help: ArgumentHelp("Maximum number of scans of a progressive JPEG.", valueName: "count"))
  var maxScans = ImageLimits().progressiveScans

  func validate() throws {
    guard ImageLimits.megapixelsRange ~= maxMegapixels else {
      throw ValidationError(
        "--max-megapixels takes a number from \(ImageLimits.megapixelsRange.lowerBound) to \(ImageLimits.megapixelsRange.upperBound)"
      )
    }
    guard ImageLimits.progressiveScansRange ~= maxScans else {
      throw ValidationError(
        "--max-scans takes a number from \(ImageLimits.progressiveScansRange.lowerBound) to \(ImageLimits.progressiveScansRange.upperBound)"
      )
    }
  }

  /// These options as the pipeline's.
  var limits: ImageLimits { ImageLimits(megapixels: maxMegapixels, progressiveScans: maxScans) }

  /// The first option that differs from its default; nil where none does.
  var changed: String? {
    let usual = ImageLimits()
    if maxMegapixels != usual.megapixels { return "--max-megapixels" }
    return maxScans != usual.progressiveScans ? "--max-scans" : nil
  }
}
