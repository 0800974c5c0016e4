/// A rectifier with a ceiling: each value, at least 0 and at most ``top``. It is what rounding to 7 bits leaves of a ReLU.
public struct ClippingLayer: TrainableLayer, Hashable {
  /// The largest output, above 0.
  public var top: Float

  /// A layer from its ceiling.
  public init(top: Float) { self.top = top }

  /// The same as that of its input.
  public func outputShape(of input: Shape) throws(TrainingError) -> Shape { input }

  /// Each value between 0 and the ceiling.
  public func output(of input: Tensor, _ parameters: ArraySlice<Parameter>, _ mode: PassMode) -> Tensor {
    Tensor(images: input.images, shape: input.shape, values: input.values.map { min(max($0, 0), top) })
  }

  /// The gradient where a value lies between both ends, else 0.
  public func gradients(
    at point: LayerPoint, _ parameters: ArraySlice<Parameter>, output gradient: Tensor, needsInput: Bool
  ) -> LayerGradients {
    let values = zip(gradient.values, point.input.values).map { $1 > 0 && $1 < top ? $0 : 0 }
    return LayerGradients(input: Tensor(images: gradient.images, shape: gradient.shape, values: values))
  }
}
