import Foundation

/// Local response normalisation: each value is divided by a power of the sum of squares over its channel and
/// neighbouring channels.
///
/// `y = x / (offset + scale * sum)^power`, as in Krizhevsky, Sutskever and Hinton (2012). Other definitions divide
/// `scale` by the number of channels.
public struct ResponseNormalisationLayer: TrainableLayer, Hashable {
  /// The number of channels in the sum, odd, with the value's own channel in the middle.
  public var channels: Int
  /// The constant added to the scaled sum.
  public var offset: Float
  /// The factor of the sum.
  public var scale: Float
  /// The exponent.
  public var power: Float

  /// A layer with the given constants; the defaults are the paper's.
  public init(channels: Int = 5, offset: Float = 2, scale: Float = 1e-4, power: Float = 0.75) {
    self.channels = channels
    self.offset = offset
    self.scale = scale
    self.power = power
  }

  /// The shape of the input; throws if ``channels`` is not odd or the divisor could be 0.
  public func outputShape(of input: Shape) throws(TrainingError) -> Shape {
    guard 1...4096 ~= channels, channels % 2 == 1, offset > 0, scale >= 0, power >= 0 else {
      throw TrainingError(
        .shape,
        "A response normalisation over \(channels) channels is invalid: the number must be odd, and the divisor positive"
      )
    }
    return input
  }

  /// Each value divided by the power of its sum.
  public func output(of input: Tensor, _ parameters: ArraySlice<Parameter>, _ mode: PassMode) -> Tensor {
    var output = input
    for (place, sum) in sums(input).enumerated() { output.values[place] *= pow(sum, -power) }
    return output
  }

  /// Each value affects its own output and, through the sums, those of neighbouring channels.
  public func gradients(
    at point: LayerPoint, _ parameters: ArraySlice<Parameter>, output gradient: Tensor, needsInput: Bool
  ) -> LayerGradients {
    let sums = sums(point.input)
    let shares = Tensor(
      images: gradient.images, shape: gradient.shape,
      values: sums.indices.map { gradient.values[$0] * point.output.values[$0] / sums[$0] })
    var input = gradient
    for (place, near) in windowSums(shares).enumerated() {
      input.values[place] =
        gradient.values[place] * pow(sums[place], -power) - 2 * scale * power * point.input.values[place] * near
    }
    return LayerGradients(input: input)
  }

  /// The base of the power that each value is divided by.
  private func sums(_ input: Tensor) -> [Float] {
    windowSums(Tensor(images: input.images, shape: input.shape, values: input.values.map { $0 * $0 })).map {
      offset + scale * $0
    }
  }

  /// For each value, the sum over its channel and neighbouring channels.
  private func windowSums(_ values: Tensor) -> [Float] {
    let count = values.shape.channels
    return values.values.indices.map { place in
      let channel = place % count
      let near = max(channel - channels / 2, 0)...min(channel + channels / 2, count - 1)
      return near.reduce(0) { $0 + values.values[place - channel + $1] }
    }
  }
}
