/// One layer of a trainable network: a function of a batch of images, and its derivative.
///
/// A layer does not store its parameters. They are passed as arguments, so that several threads can train a network at
/// once. Its other properties are written to the network's file.
public protocol TrainableLayer: Sendable, Codable {
  /// The output's shape for an input of the given shape; throws if the input doesn't fit.
  func outputShape(of input: Shape) throws(TrainingError) -> Shape

  /// The weights and biases, filled with zeros, for an input of the given shape; empty for a layer without parameters.
  func parameters(for input: Shape) -> [Parameter]

  /// The number of weights and biases for an input of the given shape, so that a network that is too large is refused
  /// before memory is allocated; `Int.max` if it is larger.
  func parameterCount(for input: Shape) -> Int

  /// The layer's output.
  func output(of input: Tensor, _ parameters: ArraySlice<Parameter>, _ mode: PassMode) -> Tensor

  /// The derivatives of the cost by the layer's parameters and, unless `needsInput` is false, by its input.
  func gradients(
    at point: LayerPoint, _ parameters: ArraySlice<Parameter>, output gradient: Tensor, needsInput: Bool
  ) -> LayerGradients

  /// The derivative by the layer's input only.
  func pullback(of gradient: Tensor, at point: LayerPoint, _ parameters: ArraySlice<Parameter>) -> Tensor
}

extension TrainableLayer {
  /// No parameters, which is right for most layers.
  public func parameters(for input: Shape) -> [Parameter] { [] }

  /// Counts ``parameters(for:)``. Layers with many parameters override it.
  public func parameterCount(for input: Shape) -> Int { parameters(for: input).reduce(0) { $0 + $1.values.count } }

  /// The input's derivative from ``gradients(at:_:output:needsInput:)``. Layers whose weight gradients are expensive
  /// override it.
  public func pullback(of gradient: Tensor, at point: LayerPoint, _ parameters: ArraySlice<Parameter>) -> Tensor {
    gradients(at: point, parameters, output: gradient, needsInput: true).input ?? gradient
  }
}

/// Whether a forward pass is for inference or for training, in which dropout is active.
public enum PassMode: Sendable, Hashable {
  /// The pass is for inference.
  case inference
  /// The pass is for training. `seed` determines what dropout removes, and differs between batches and layers.
  case training(seed: UInt64)
}

/// The point at which a layer is differentiated: its input and its output.
public struct LayerPoint: Sendable {
  /// The layer's input.
  public var input: Tensor
  /// The layer's output for it.
  public var output: Tensor
  /// The mode in which the output was computed.
  public var mode: PassMode

  /// A point from its parts.
  public init(input: Tensor, output: Tensor, mode: PassMode) {
    self.input = input
    self.output = output
    self.mode = mode
  }
}

/// The derivatives of the cost by a layer's parameters and input.
public struct LayerGradients: Sendable {
  /// The derivative by each parameter, in the order of the parameters.
  public var parameters: [ParameterGradient] = []
  /// The derivative by the input; nil if it was not requested.
  public var input: Tensor?

  /// Gradients from their parts.
  public init(parameters: [ParameterGradient] = [], input: Tensor? = nil) {
    self.parameters = parameters
    self.input = input
  }
}
