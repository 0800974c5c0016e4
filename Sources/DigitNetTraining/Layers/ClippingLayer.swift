/// A rectifier with a ceiling: clamps each value to 0...``top``, as a ReLU followed by requantisation to 7 bits does.
public struct ClippingLayer: TrainableLayer, Hashable {
  /// The maximum output, above 0.
  public var top: Float

  /// A layer with the given ceiling.
  public init(top: Float) { self.top = top }

  /// The shape of the input.
  public func outputShape(of input: Shape) throws(TrainingError) -> Shape { input }

  /// Each value clamped to 0...``top``.
  public func output(of input: Tensor, _ parameters: ArraySlice<Parameter>, _ mode: PassMode) -> Tensor {
    Tensor(images: input.images, shape: input.shape, values: input.values.map { min(max($0, 0), top) })
  }

  /// The gradient where the input lies between 0 and ``top``, else 0.
  public func gradients(
    at point: LayerPoint, _ parameters: ArraySlice<Parameter>, output gradient: Tensor, needsInput: Bool
  ) -> LayerGradients {
    let values = zip(gradient.values, point.input.values).map { $1 > 0 && $1 < top ? $0 : 0 }
    return LayerGradients(input: Tensor(images: gradient.images, shape: gradient.shape, values: values))
  }
}
