/// Nearest-neighbour upsampling: repeats each cell in both directions.
public struct EnlargementLayer: TrainableLayer, Hashable {
  /// How many times a cell is repeated along each side, 1 to 64.
  public var factor: Int

  /// A layer with the given factor.
  public init(factor: Int) { self.factor = factor }

  /// The input's sides times ``factor``; throws if the factor is out of range.
  public func outputShape(of input: Shape) throws(TrainingError) -> Shape {
    guard 1...64 ~= factor else {
      throw TrainingError(.shape, "The upsampling factor is \(factor); 1 to 64 are allowed")
    }
    return Shape(rows: input.rows * factor, columns: input.columns * factor, channels: input.channels)
  }

  /// Each cell repeated.
  public func output(of input: Tensor, _ parameters: ArraySlice<Parameter>, _ mode: PassMode) -> Tensor {
    let shape = Shape(
      rows: input.shape.rows * factor, columns: input.shape.columns * factor, channels: input.shape.channels)
    var output = Tensor(images: input.images, shape: shape)
    forEachPair(input, output) { from, to in output.values[to] = input.values[from] }
    return output
  }

  /// For each input cell, the sum of the gradients of its copies.
  public func gradients(
    at point: LayerPoint, _ parameters: ArraySlice<Parameter>, output gradient: Tensor, needsInput: Bool
  ) -> LayerGradients {
    var input = Tensor(images: point.input.images, shape: point.input.shape)
    forEachPair(point.input, gradient) { from, to in input.values[from] += gradient.values[to] }
    return LayerGradients(input: input)
  }

  /// Calls `body` with the index of each input value and of each output value that repeats it.
  private func forEachPair(_ input: Tensor, _ output: Tensor, _ body: (_ from: Int, _ to: Int) -> Void) {
    for image in 0..<output.images {
      for row in 0..<output.shape.rows {
        for column in 0..<output.shape.columns {
          let from = input.index(image: image, row: row / factor, column: column / factor)
          let to = output.index(image: image, row: row, column: column)
          for channel in 0..<output.shape.channels { body(from + channel, to + channel) }
        }
      }
    }
  }
}
