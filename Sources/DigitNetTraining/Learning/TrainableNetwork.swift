import CTrainingKernels

/// A sequence of layers and their parameters.
public struct TrainableNetwork: Sendable {
  /// The shape of the images.
  public let input: Shape
  /// The layers, first to last.
  public let layers: [any TrainableLayer]
  /// The shape of each layer's output.
  public let shapes: [Shape]
  /// The parameters of all layers, in order.
  public internal(set) var parameters: [Parameter]
  /// For each layer, the range of its parameters in ``parameters``.
  let ranges: [Range<Int>]

  /// The name of the instruction set of the training kernels on this machine.
  public static var kernel: String { String(cString: training_kernel_name()) }

  /// The maximum number of parameters of a network.
  public static let maximumParameters = 1 << 30

  /// A network whose parameters are zeros; throws if a layer doesn't fit its input, or if the network is too large: 2^28
  /// values of an image in a layer and ``maximumParameters`` are allowed.
  public init(input: Shape, layers: [any TrainableLayer]) throws(TrainingError) {
    try self.init(input: input, layers: layers, maximumParameters: Self.maximumParameters)
  }

  /// A network with a limit on its parameters, which is checked before any memory is allocated for them.
  init(input: Shape, layers: [any TrainableLayer], maximumParameters: Int) throws(TrainingError) {
    guard 1...65_536 ~= input.rows, 1...65_536 ~= input.columns, 1...65_536 ~= input.channels, !layers.isEmpty else {
      throw TrainingError(
        .shape, "A network needs at least one layer, and images of 1 to 65536 rows, columns and channels")
    }
    guard input.isAllowed else { throw Self.tooLarge("its images are \(input)") }
    var shapes: [Shape] = []
    var parameters: [Parameter] = []
    var ranges: [Range<Int>] = []
    var left = maximumParameters
    for (place, layer) in layers.enumerated() {
      let before = shapes.last ?? input
      do {
        shapes.append(try layer.outputShape(of: before))
      } catch {
        throw TrainingError(error.code, "Layer \(place) doesn't fit: \(error.message)")
      }
      guard shapes[place].isAllowed else { throw Self.tooLarge("the output of layer \(place) is \(shapes[place])") }
      let count = layer.parameterCount(for: before)
      guard count <= left else {
        throw Self.tooLarge("layer \(place) needs \(count) parameters, and only \(left) are left for it")
      }
      left -= count
      let own = layer.parameters(for: before)
      ranges.append(parameters.count..<parameters.count + own.count)
      parameters += own
    }
    (self.input, self.layers, self.shapes, self.parameters, self.ranges) = (input, layers, shapes, parameters, ranges)
  }

  private static func tooLarge(_ what: String) -> TrainingError {
    TrainingError(.shape, "The network is too large: \(what)")
  }

  /// A network initialised from a seed.
  public init(
    input: Shape, layers: [any TrainableLayer], _ initialisation: Initialisation, seed: UInt64
  ) throws(TrainingError) {
    try self.init(input: input, layers: layers)
    var random = RandomSource(seed: seed)
    for place in parameters.indices { initialisation.draw(&parameters[place], &random) }
  }

  /// Replaces the numbers of a parameter by as many others.
  public mutating func setValues(_ values: [Float], ofParameter place: Int) {
    precondition(values.count == parameters[place].values.count)
    parameters[place].values = values
  }

  /// The number of parameters.
  public var parameterCount: Int { parameters.reduce(0) { $0 + $1.values.count } }

  /// The shape of the network's output.
  public var output: Shape { shapes[shapes.count - 1] }

  /// The network's output for a batch of images.
  public func output(of images: Tensor) -> Tensor {
    values(for: images, .inference).last ?? images
  }

  /// The output of each layer, first to last. In training, each layer gets a seed of its own.
  public func values(for images: Tensor, _ mode: PassMode) -> [Tensor] {
    precondition(images.shape == input, "The network takes \(input), not \(images.shape)")
    var values: [Tensor] = []
    values.reserveCapacity(layers.count)
    for place in layers.indices {
      let input = place == 0 ? images : values[place - 1]
      values.append(layers[place].output(of: input, parameters[ranges[place]], mode.forLayer(place)))
    }
    return values
  }

  /// The cost of a labelled batch, and its derivative by each parameter.
  public func gradients(
    for images: Tensor, _ labels: [UInt8], _ loss: Loss, _ mode: PassMode
  ) -> (cost: Double, parameters: [ParameterGradient]) {
    let values = values(for: images, mode)
    let output = values.last ?? images
    var results = [ParameterGradient](repeating: .values([]), count: parameters.count)
    var (gradient, last) = (loss.gradient(output, labels), layers.count - 1)
    if let activation = layers[last] as? ActivationLayer, loss.cancels(activation.function) {
      gradient = loss.differences(output, labels)
      last -= 1
    }
    backward(from: last, images, values, gradient, mode, down: ranges.firstIndex { !$0.isEmpty } ?? 0) {
      results.replaceSubrange(ranges[$0], with: $1)
    }
    return (loss.cost(output, labels), results)
  }

  /// The derivative, by the images, of the sum of the outputs weighted by `gradient`.
  public func inputGradient(for images: Tensor, output gradient: Tensor) -> Tensor {
    let values = values(for: images, .inference)
    return backward(from: layers.count - 1, images, values, gradient, .inference, down: -1) { _, _ in } ?? gradient
  }

  /// Propagates a gradient from a layer's output back to layer `first`, whose input gradient is not computed.
  @discardableResult
  private func backward(
    from last: Int, _ images: Tensor, _ values: [Tensor], _ gradient: Tensor, _ mode: PassMode, down first: Int,
    _ take: (_ layer: Int, _ gradients: [ParameterGradient]) -> Void
  ) -> Tensor? {
    var gradient = gradient
    for place in stride(from: last, through: max(first, 0), by: -1) {
      let point = LayerPoint(
        input: place == 0 ? images : values[place - 1], output: values[place], mode: mode.forLayer(place))
      let result = layers[place].gradients(
        at: point, parameters[ranges[place]], output: gradient, needsInput: place > first)
      take(place, result.parameters)
      guard let input = result.input else { return nil }
      gradient = input
    }
    return gradient
  }
}

extension PassMode {
  fileprivate func forLayer(_ place: Int) -> PassMode {
    guard case .training(let seed) = self else { return self }
    return .training(seed: RandomSource.number(seed: seed, at: place))
  }
}
