/// One step of a network: a function of a batch of images, and its derivative.
///
/// A layer holds no numbers that are learned: these come as arguments, so that a network can be trained by several threads at once.
/// What it holds is written to the network's file.
public protocol TrainableLayer: Sendable, Codable {
  /// The size of its output for an input of the given one; throws where the input doesn't fit.
  func outputShape(of input: Shape) throws(TrainingError) -> Shape

  /// Its weights and biases as zeros, for an input of the given size; empty where it learns nothing.
  func parameters(for input: Shape) -> [Parameter]

  /// Its output.
  func output(of input: Tensor, _ parameters: ArraySlice<Parameter>, _ mode: PassMode) -> Tensor

  /// The derivatives of the cost by its parameters and, unless `needsInput` is false, by its input.
  func gradients(
    at point: LayerPoint, _ parameters: ArraySlice<Parameter>, output gradient: Tensor, needsInput: Bool
  ) -> LayerGradients

  /// The derivative by its input alone.
  func pullback(of gradient: Tensor, at point: LayerPoint, _ parameters: ArraySlice<Parameter>) -> Tensor
}

extension TrainableLayer {
  /// Nothing, as most layers have it.
  public func parameters(for input: Shape) -> [Parameter] { [] }

  /// That of ``gradients(at:_:output:needsInput:)``; layers whose weights cost much have one of their own.
  public func pullback(of gradient: Tensor, at point: LayerPoint, _ parameters: ArraySlice<Parameter>) -> Tensor {
    gradients(at: point, parameters, output: gradient, needsInput: true).input ?? gradient
  }
}

/// Whether a pass is for use or for learning, where dropout leaves some values out.
public enum PassMode: Sendable, Hashable {
  /// The network is used.
  case inference
  /// The network learns; `seed` decides what is left out, and differs between batches and layers.
  case training(seed: UInt64)
}

/// Where a derivative is taken: what a layer was given, and what it made of it.
public struct LayerPoint: Sendable {
  /// The layer's input.
  public var input: Tensor
  /// The layer's output for it.
  public var output: Tensor
  /// How it was computed.
  public var mode: PassMode

  /// A point from its parts.
  public init(input: Tensor, output: Tensor, mode: PassMode) {
    self.input = input
    self.output = output
    self.mode = mode
  }
}

/// The derivatives of the cost by what a layer was given.
public struct LayerGradients: Sendable {
  /// By each parameter, in their order.
  public var parameters: [ParameterGradient] = []
  /// By the input; nil where it was not wanted.
  public var input: Tensor?

  /// Gradients from their parts.
  public init(parameters: [ParameterGradient] = [], input: Tensor? = nil) {
    self.parameters = parameters
    self.input = input
  }
}
