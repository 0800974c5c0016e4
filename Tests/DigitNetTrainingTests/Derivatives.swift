import DigitNetTraining
import Testing

/// Checks what a layer says of its derivatives against finite differences.
struct Derivatives {
  let layer: any TrainableLayer
  let input: Shape
  var images = 2
  var mode = PassMode.inference
  /// Values of the input that are drawn: all different, and far enough from each other that no step exchanges the largest.
  var isSpread = false

  /// How far a value is moved to either side.
  private static let step: Float = 1.0 / 64

  /// The largest difference between a derivative and the finite difference, over the largest derivative.
  func error() throws -> Float {
    _ = try layer.outputShape(of: input)
    var random = RandomSource(seed: 7)
    var parameters = layer.parameters(for: input)
    for place in parameters.indices {
      for value in parameters[place].values.indices { parameters[place].values[value] = random.normal() / 4 }
    }
    let count = images * input.count
    let order = random.permutation(of: count)
    let values = (0..<count).map { isSpread ? Float(order[$0]) / 8 - Float(count) / 16 : random.normal() }
    let tensor = Tensor(images: images, shape: input, values: values)
    let output = layer.output(of: tensor, parameters[...], mode)
    var factors = output
    for place in factors.values.indices { factors.values[place] = random.normal() }
    let point = LayerPoint(input: tensor, output: output, mode: mode)
    let result = layer.gradients(at: point, parameters[...], output: factors, needsInput: true)

    var (worst, largest): (Float, Float) = (0, 0)
    func compare(_ derivative: Float, _ moved: (Float) -> Tensor) {
      // In double precision, so that the sum of outputs loses nothing.
      let sum = { (tensor: Tensor) in
        zip(tensor.values, factors.values).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
      }
      let step = Derivatives.step
      let difference = (sum(moved(step)) - sum(moved(-step))) / Double(2 * step)
      worst = max(worst, abs(derivative - Float(difference)))
      largest = max(largest, abs(derivative))
    }
    let back = try #require(result.input)
    for place in tensor.values.indices {
      compare(back.values[place]) { step in
        var moved = tensor
        moved.values[place] += step
        return layer.output(of: moved, parameters[...], mode)
      }
    }
    #expect(result.parameters.map(\.values.count) == parameters.map(\.values.count))
    for parameter in parameters.indices {
      for place in parameters[parameter].values.indices {
        compare(result.parameters[parameter].values[place]) { step in
          var moved = parameters
          moved[parameter].values[place] += step
          return layer.output(of: tensor, moved[...], mode)
        }
      }
    }
    #expect(largest > 0.05, "a derivative of zero proves nothing")
    return worst / largest
  }
}
