package import DigitNet

extension Model {
  /// A network of one layer that sees a 7 in each square of 8 pixels, whatever is in it.
  package static var sevens: Model { constant("sevens", logits: (0..<10).map { $0 == 7 ? 1_000 : -1_000 }) }

  /// A network of one layer that sees nothing.
  package static var blind: Model { constant("blind", logits: Array(repeating: -1_000, count: 10)) }

  private static func constant(_ name: String, logits: [Int32]) -> Model {
    let (side, sides) = (8, Array(repeating: Int32(64), count: outputs - logits.count))
    let convolution = Layer.Convolution(
      window: Layer.Window(rows: side, columns: side, stride: side, padding: 0), inputChannels: 3,
      outputChannels: outputs, weights: Array(repeating: 0, count: outputs * side * side * 3), bias: logits + sides,
      multiplier: Array(repeating: 1, count: outputs), activation: .none)
    let layer = Layer(name: "output", inputs: [0], operation: .convolution(convolution))
    return Model(name: name, detector: Network(layers: [layer]))
  }
}
