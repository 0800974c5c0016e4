import DigitNet
import Pipeline
import TestSupport

/// A network that sees a 7 in each square of 8 pixels, and pictures for it.
enum Sevens {
  static func reader() throws -> NumberReader { try NumberReader(model: .sevens, kernels: .best) }

  /// A grey picture; the seed changes its bytes alone.
  static func picture(_ seed: Int, width: Int = 16, height: Int = 8) -> [UInt8] {
    PNGEncoder(width: width, height: height, samples: Array(repeating: seed % 256, count: 3 * width * height))
      .file
  }
}
