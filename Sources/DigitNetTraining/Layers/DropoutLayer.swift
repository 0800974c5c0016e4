/// Leaves values out at random while the network learns, and divides the others by the share that is kept (Srivastava et al., 2014).
///
/// In use it changes nothing.
public struct DropoutLayer: TrainableLayer, Hashable {
  /// The share that is left out, 0 to below 1.
  public var rate: Float

  /// A layer from the share that is left out.
  public init(rate: Float) { self.rate = rate }

  /// The same as that of its input; throws where all would be left out.
  public func outputShape(of input: Shape) throws(TrainingError) -> Shape {
    guard 0..<1 ~= rate else {
      throw TrainingError(.shape, "A dropout leaves out \(rate) of its input; 0 to 1 is the range")
    }
    return input
  }

  /// The input, of which some values are left out while it learns.
  public func output(of input: Tensor, _ parameters: ArraySlice<Parameter>, _ mode: PassMode) -> Tensor {
    masked(input, mode)
  }

  /// The gradient, of which the same values are left out.
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
