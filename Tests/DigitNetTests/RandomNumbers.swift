import DigitNet
import DigitNetWeights
import TestSupport

extension Image {
  /// A picture of noise.
  static func random(width: Int, height: Int, using generator: inout SeededGenerator) -> Image {
    Image(
      width: width, height: height,
      pixels: (0..<(channels * width * height)).map { _ in UInt8.random(in: 0...255, using: &generator) })
  }
}

extension Layer {
  /// A convolution with random weights over their whole range, scaled so that its outputs fill theirs.
  static func randomConvolution(
    _ name: String, from input: Int, inputChannels: Int, outputChannels: Int, rows: Int, columns: Int, stride: Int,
    activation: Activation, using generator: inout SeededGenerator
  ) -> Layer {
    let count = outputChannels * rows * columns * inputChannels
    let spread = Float(rows * columns * inputChannels).squareRoot() * 70 * 70
    return Layer(
      name: name, inputs: [input],
      operation: .convolution(
        Convolution(
          window: Window(rows: rows, columns: columns, stride: stride, padding: min(rows, columns) / 2),
          inputChannels: inputChannels, outputChannels: outputChannels,
          weights: (0..<count).map { _ in Int8.random(in: -127...127, using: &generator) },
          bias: (0..<outputChannels).map { _ in Int32.random(in: -5000...5000, using: &generator) },
          multiplier: (0..<outputChannels).map { _ in
            Float.random(in: 0.3...1, using: &generator) * (activation == .relu ? 90 : 20_000) / spread
          },
          activation: activation)))
  }
}

extension Layer {
  /// The same convolution with weights of 127, those of each output of one sign or of both at random, and outputs that come up to
  /// their range's ends where all inputs are 127.
  func withLargestWeights(using generator: inout SeededGenerator) -> Layer {
    guard case .convolution(var convolution) = operation else { return self }
    let count = convolution.weights.count / convolution.outputChannels
    convolution.weights = (0..<convolution.outputChannels).flatMap { output -> [Int8] in
      switch output % 3 {
      case 0: Array(repeating: 127, count: count)
      case 1: (0..<count).map { _ in Bool.random(using: &generator) ? 127 : -127 }
      default: Array(repeating: -127, count: count)
      }
    }
    let most: Float = convolution.activation == .relu ? 127 : 32_767
    convolution.multiplier = convolution.multiplier.map { _ in most / Float(count * 127 * 127) }
    return Layer(name: name, inputs: inputs, operation: .convolution(convolution))
  }
}

/// The model that is built into the program.
func shippedModel() throws -> Model { try Model(file: Model.shippedFile) }
