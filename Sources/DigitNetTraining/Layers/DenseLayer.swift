import CTrainingKernels
import DigitNet

/// A dense layer: each output is a weighted sum of all inputs plus a bias.
public struct DenseLayer: TrainableLayer, Hashable {
  /// The number of outputs.
  public var outputs: Int

  /// A layer with the given number of outputs, at least 1.
  public init(outputs: Int) { self.outputs = outputs }

  /// One cell of ``outputs`` channels; throws if ``outputs`` is out of range.
  public func outputShape(of input: Shape) throws(TrainingError) -> Shape {
    guard 1...1_000_000 ~= outputs else {
      throw TrainingError(.shape, "A dense layer can't have \(outputs) outputs; 1 to 1000000 are allowed")
    }
    return Shape(channels: outputs)
  }

  /// One weight for each pair of input and output, and one bias for each output.
  public func parameters(for input: Shape) -> [Parameter] {
    [
      Parameter(role: .weight, shape: [input.rows, input.columns, input.channels, outputs], inputs: input.count),
      Parameter(role: .bias, shape: [outputs], inputs: input.count),
    ]
  }

  /// The number of weights and biases.
  public func parameterCount(for input: Shape) -> Int { [input.count + 1, outputs].saturatingProduct }

  /// The weighted sums of each image plus the bias.
  public func output(of input: Tensor, _ parameters: ArraySlice<Parameter>, _ mode: PassMode) -> Tensor {
    let (weights, bias) = (parameters[parameters.startIndex], parameters[parameters.startIndex + 1])
    var output = Tensor(images: input.images, shape: Shape(channels: outputs), repeatingCell: bias.values)
    var product = training_product()
    (product.images, product.lines, product.rows) = (1, 1, input.images)
    (product.segments, product.depth) = (1, input.shape.count)
    (product.a_row, product.a_step, product.c_row) = (input.shape.count, 1, outputs)
    multiply(product, input.values, weights.values, columns: outputs, addingTo: &output.values)
    return output
  }

  /// The two transposed products: inputs with gradients, and gradients with weights.
  public func gradients(
    at point: LayerPoint, _ parameters: ArraySlice<Parameter>, output gradient: Tensor, needsInput: Bool
  ) -> LayerGradients {
    let weights = ParameterGradient.product(
      inputs: point.input.values, outputs: gradient.values, images: point.input.images)
    var result = LayerGradients(parameters: [weights, .values(columnSums(gradient.values, columns: outputs))])
    if needsInput { result.input = pullback(of: gradient, at: point, parameters) }
    return result
  }

  /// The product of the gradients with the weights.
  public func pullback(of gradient: Tensor, at point: LayerPoint, _ parameters: ArraySlice<Parameter>) -> Tensor {
    let inputs = point.input.shape.count
    var input = Tensor(images: point.input.images, shape: point.input.shape)
    var product = training_product()
    (product.images, product.lines, product.rows) = (1, 1, input.images)
    (product.segments, product.depth) = (1, outputs)
    (product.a_row, product.a_step, product.c_row) = (outputs, 1, inputs)
    let back = transposed(parameters[parameters.startIndex].values, columns: outputs)
    multiply(product, gradient.values, back, columns: inputs, addingTo: &input.values)
    return input
  }
}

extension Tensor {
  /// A tensor whose cells all have the same values.
  init(images: Int, shape: Shape, repeatingCell cell: [Float]) {
    precondition(cell.count == shape.channels)
    var values: [Float] = []
    values.reserveCapacity(images * shape.count)
    for _ in 0..<images * shape.cells { values += cell }
    self.init(images: images, shape: shape, values: values)
  }
}
