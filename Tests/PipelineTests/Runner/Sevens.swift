import DigitNet
import Pipeline
import TestSupport

/// A network that sees a 7 in each square of 8 pixels, and pictures for it.
enum Sevens {
  static func reader() throws -> Reader {
    let logits = (0..<10).map { $0 == 7 ? Int32(1_000) : -1_000 }
    let layer = Layer(
      name: "output", inputs: [0],
      operation: .convolution(
        Layer.Convolution(
          window: Layer.Window(rows: 8, columns: 8, stride: 8, padding: 0), inputChannels: 3,
          outputChannels: Model.outputs, weights: Array(repeating: 0, count: 14 * 8 * 8 * 3),
          bias: logits + [64, 64, 64, 64], multiplier: Array(repeating: 1, count: 14), activation: .none)))
    return try Reader(model: Model(name: "sevens", detector: Network(layers: [layer])), kernels: .best)
  }

  /// A grey picture; the seed changes its bytes alone.
  static func picture(_ seed: Int, width: Int = 16, height: Int = 8) -> [UInt8] {
    PNGEncoder(width: width, height: height, samples: Array(repeating: seed % 256, count: 3 * width * height))
      .file
  }
}
