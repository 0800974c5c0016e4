/// Dropout: in training, sets random values to 0 and divides the others by the share that is kept (Srivastava et al.,
/// 2014).
///
/// In inference the layer changes nothing.
public struct DropoutLayer: TrainableLayer, Hashable {
  /// The share of values set to 0, at least 0 and below 1.
  public var rate: Float

  /// A layer with the given share of values set to 0.
  public init(rate: Float) { self.rate = rate }

  /// The shape of the input; throws if ``rate`` is out of range.
  public func outputShape(of input: Shape) throws(TrainingError) -> Shape {
    guard 0..<1 ~= rate else {
      throw TrainingError(.shape, "The dropout rate is \(rate); it must be at least 0 and below 1")
    }
    return input
  }

  /// The input; in training, with some values set to 0.
  public func output(of input: Tensor, _ parameters: ArraySlice<Parameter>, _ mode: PassMode) -> Tensor {
    masked(input, mode)
  }

  /// The gradient, with the same values set to 0.
  public func gradients(
    at point: LayerPoint, _ parameters: ArraySlice<Parameter>, output gradient: Tensor, needsInput: Bool
  ) -> LayerGradients {
    LayerGradients(input: masked(gradient, point.mode))
  }

  private func masked(_ values: Tensor, _ mode: PassMode) -> Tensor {
    guard case .training(let seed) = mode else { return values }
    var result = values
    let factor = 1 / (1 - rate)
    for place in values.values.indices {
      let draw = Float(RandomSource.number(seed: seed, at: place) >> 40) * 0x1p-24
      result.values[place] = draw < rate ? 0 : values.values[place] * factor
    }
    return result
  }
}
