import CTrainingKernels

/// An activation function: applied to each value, or to the channels of each cell.
public struct ActivationLayer: TrainableLayer, Hashable {
  /// The activation function.
  public enum Function: String, Sendable, Hashable, Codable {
    /// 1 / (1 + e^-x).
    case sigmoid
    /// max(x, 0).
    case relu
    /// e^x divided by the sum of e^x over the cell's channels.
    case softmax
    /// 1 if x is positive, else 0: a threshold, which can't be trained because its derivative is 0.
    case threshold
  }

  /// The activation function.
  public var function: Function

  /// A layer with the given function.
  public init(_ function: Function) { self.function = function }

  /// The shape of the input.
  public func outputShape(of input: Shape) throws(TrainingError) -> Shape { input }

  /// The function applied to each value, or to each cell.
  public func output(of input: Tensor, _ parameters: ArraySlice<Parameter>, _ mode: PassMode) -> Tensor {
    switch function {
    case .sigmoid:
      var output = input
      training_sigmoid(&output.values, output.values.count)
      return output
    case .relu: return input.map { max($0, 0) }
    case .threshold: return input.map { $0 > 0 ? 1 : 0 }
    case .softmax:
      var output = input
      for first in stride(from: 0, to: input.values.count, by: input.shape.channels) {
        let cell = first..<first + input.shape.channels
        let top = input.values[cell].max() ?? 0
        var total: Float = 0
        for place in cell {
          output.values[place] = (input.values[place] - top).exponential
          total += output.values[place]
        }
        for place in cell { output.values[place] /= total }
      }
      return output
    }
  }

  /// The gradient times the function's derivative, which is computed from the output.
  public func gradients(
    at point: LayerPoint, _ parameters: ArraySlice<Parameter>, output gradient: Tensor, needsInput: Bool
  ) -> LayerGradients {
    var input = gradient
    let outputs = point.output.values
    switch function {
    case .sigmoid: for place in outputs.indices { input.values[place] *= outputs[place] * (1 - outputs[place]) }
    case .relu: input.values = zip(gradient.values, outputs).map { $1 > 0 ? $0 : 0 }
    case .threshold: for place in outputs.indices { input.values[place] = 0 }
    case .softmax:
      for first in stride(from: 0, to: outputs.count, by: input.shape.channels) {
        let cell = first..<first + input.shape.channels
        var mean: Float = 0
        for place in cell { mean += gradient.values[place] * outputs[place] }
        for place in cell { input.values[place] = outputs[place] * (gradient.values[place] - mean) }
      }
    }
    return LayerGradients(input: input)
  }
}

extension Tensor {
  fileprivate func map(_ function: (Float) -> Float) -> Tensor {
    Tensor(images: images, shape: shape, values: values.map(function))
  }
}
