import DigitNetTraining
import Testing

/// The derivatives of every layer equal finite differences.
@Suite struct GradientTests {
  /// Rounding of 32-bit sums over the step of the difference.
  private static let tolerance: Float = 2e-3

  static let convolutions: [(layer: ConvolutionLayer, input: Shape)] = [
    (ConvolutionLayer(filters: 1, rows: 1, columns: 1), Shape(rows: 1, columns: 1, channels: 1)),
    (ConvolutionLayer(filters: 3, rows: 1, columns: 1), Shape(rows: 4, columns: 3, channels: 2)),
    (ConvolutionLayer(filters: 5, rows: 3, columns: 3), Shape(rows: 6, columns: 5, channels: 1)),
    (ConvolutionLayer(filters: 17, rows: 3, columns: 3, padding: 1), Shape(rows: 4, columns: 4, channels: 3)),
    (ConvolutionLayer(filters: 33, rows: 2, columns: 3, padding: 1), Shape(rows: 3, columns: 4, channels: 2)),
    (ConvolutionLayer(filters: 2, rows: 3, columns: 2, stride: 2), Shape(rows: 7, columns: 8, channels: 2)),
    (ConvolutionLayer(filters: 2, rows: 3, columns: 3, stride: 2, padding: 1), Shape(rows: 6, columns: 6, channels: 2)),
    (ConvolutionLayer(filters: 2, rows: 2, columns: 2, stride: 3), Shape(rows: 9, columns: 7, channels: 1)),
    (
      ConvolutionLayer(filters: 3, rows: 5, columns: 5, stride: 4, padding: 2), Shape(rows: 11, columns: 9, channels: 2)
    ),
    (ConvolutionLayer(filters: 4, rows: 3, columns: 3, padding: 1, groups: 2), Shape(rows: 4, columns: 5, channels: 6)),
    (ConvolutionLayer(filters: 6, rows: 3, columns: 3, stride: 2, groups: 3), Shape(rows: 5, columns: 5, channels: 3)),
    (ConvolutionLayer(filters: 2, rows: 4, columns: 6), Shape(rows: 4, columns: 6, channels: 2)),
    (ConvolutionLayer(filters: 1, rows: 1, columns: 13), Shape(rows: 2, columns: 26, channels: 1)),
  ]

  @Test(arguments: convolutions.indices) func convolution(_ place: Int) throws {
    let (layer, input) = GradientTests.convolutions[place]
    #expect(try Derivatives(layer: layer, input: input).error() < GradientTests.tolerance)
  }

  @Test(arguments: [1, 3, 15, 16, 17, 33], [Shape(channels: 5), Shape(rows: 3, columns: 2, channels: 4)])
  func dense(_ outputs: Int, _ input: Shape) throws {
    #expect(
      try Derivatives(layer: DenseLayer(outputs: outputs), input: input, images: 3).error() < GradientTests.tolerance)
  }

  @Test(arguments: [PoolingLayer.Kind.maximum, .average])
  func pooling(_ kind: PoolingLayer.Kind) throws {
    let layers = [
      PoolingLayer(kind, size: 2), PoolingLayer(kind, size: 3), PoolingLayer(kind, size: 3, stride: 2),
      PoolingLayer(kind, size: 3, stride: 2, padding: 1), PoolingLayer(kind, size: 2, stride: 3),
      PoolingLayer(kind, size: 1), PoolingLayer(kind, size: 3, stride: 1, padding: 2),
    ]
    for layer in layers {
      let check = Derivatives(
        layer: layer, input: Shape(rows: 7, columns: 6, channels: 3), isSpread: kind == .maximum)
      #expect(try check.error() < GradientTests.tolerance, "\(layer)")
    }
  }

  @Test(arguments: [ActivationLayer.Function.sigmoid, .softmax])
  func activation(_ function: ActivationLayer.Function) throws {
    for input in [Shape(channels: 10), Shape(rows: 3, columns: 2, channels: 4)] {
      #expect(try Derivatives(layer: ActivationLayer(function), input: input).error() < GradientTests.tolerance)
    }
  }

  @Test func aRectifierBesideItsEdge() throws {
    // Spread values lie eighths apart, one of them at the edge, where there is no derivative: an odd count has none there.
    let check = Derivatives(
      layer: ActivationLayer(.relu), input: Shape(rows: 3, columns: 3, channels: 3), images: 1, isSpread: true)
    #expect(try check.error() < GradientTests.tolerance)
  }

  @Test func clippingAndEnlargement() throws {
    let shape = Shape(rows: 3, columns: 3, channels: 3)
    #expect(
      try Derivatives(layer: ClippingLayer(top: 0.5), input: shape, images: 1, isSpread: true).error()
        < GradientTests.tolerance)
    #expect(try Derivatives(layer: EnlargementLayer(factor: 3), input: shape).error() < GradientTests.tolerance)
  }

  @Test func aThresholdHasNoDerivative() {
    let input = Tensor(images: 1, shape: Shape(channels: 2), values: [-1, 1])
    let layer = ActivationLayer(.threshold)
    let output = layer.output(of: input, [], .inference)
    #expect(output.values == [0, 1])
    let point = LayerPoint(input: input, output: output, mode: .inference)
    #expect(layer.gradients(at: point, [], output: output, needsInput: true).input?.values == [0, 0])
  }

  @Test(arguments: [1, 3, 5, 9]) func responseNormalisation(_ channels: Int) throws {
    // A scale at which the sums matter; the paper's barely does.
    let layer = ResponseNormalisationLayer(channels: channels, offset: 2, scale: 0.3, power: 0.75)
    #expect(
      try Derivatives(layer: layer, input: Shape(rows: 2, columns: 2, channels: 7)).error() < GradientTests.tolerance)
  }

  @Test func dropoutTakesTheSameMaskBack() throws {
    let check = Derivatives(
      layer: DropoutLayer(rate: 0.4), input: Shape(rows: 2, columns: 3, channels: 5), mode: .training(seed: 3))
    #expect(try check.error() < GradientTests.tolerance)
    #expect(
      try Derivatives(layer: DropoutLayer(rate: 0.4), input: Shape(channels: 5)).error() < GradientTests.tolerance)
  }

  @Test(arguments: [Loss.quadratic, .crossEntropy, .logLikelihood]) func loss(_ loss: Loss) {
    var random = RandomSource(seed: 5)
    let outputs = Tensor(
      images: 3, shape: Shape(channels: 4), values: (0..<12).map { _ in 0.1 + 0.8 * random.uniform() })
    let labels: [UInt8] = [2, 0, 3]
    let gradient = loss.gradient(outputs, labels)
    for place in outputs.values.indices {
      var (more, less) = (outputs, outputs)
      more.values[place] += 1.0 / 1024
      less.values[place] -= 1.0 / 1024
      let difference = Float((loss.cost(more, labels) - loss.cost(less, labels)) * 512)
      #expect(abs(gradient.values[place] - difference) < 1e-3 * max(1, abs(difference)))
    }
  }

  @Test(arguments: [(Loss.crossEntropy, ActivationLayer.Function.sigmoid), (.logLikelihood, .softmax)])
  func aLossThatFitsItsLastLayerCancelsItsDerivative(_ loss: Loss, _ last: ActivationLayer.Function) {
    var random = RandomSource(seed: 9)
    let input = Tensor(images: 2, shape: Shape(channels: 5), values: (0..<10).map { _ in random.normal() })
    let layer = ActivationLayer(last)
    let output = layer.output(of: input, [], .inference)
    let point = LayerPoint(input: input, output: output, mode: .inference)
    let long = layer.gradients(at: point, [], output: loss.gradient(output, [1, 4]), needsInput: true)
    let short = loss.differences(output, [1, 4])
    #expect(loss.cancels(last) && !Loss.quadratic.cancels(last))
    for (one, other) in zip(long.input?.values ?? [], short.values) { #expect(abs(one - other) < 1e-5) }
  }

  /// A network of all layers: the chain of them, not only each.
  @Test func aWholeNetwork() throws {
    let input = Shape(rows: 8, columns: 8, channels: 2)
    var network = try TrainableNetwork(
      input: input,
      layers: [
        ConvolutionLayer(filters: 4, rows: 3, columns: 3, padding: 1, groups: 2), ActivationLayer(.sigmoid),
        ResponseNormalisationLayer(channels: 3, offset: 1, scale: 0.2), PoolingLayer(.average, size: 2),
        ConvolutionLayer(filters: 5, rows: 2, columns: 2), ActivationLayer(.sigmoid), DropoutLayer(rate: 0.3),
        DenseLayer(outputs: 6), ActivationLayer(.softmax),
      ], .scaled, seed: 4)
    var random = RandomSource(seed: 8)
    let images = Tensor(images: 3, shape: input, values: (0..<3 * input.count).map { _ in random.normal() })
    let (labels, mode): ([UInt8], _) = ([0, 5, 2], PassMode.training(seed: 6))
    let gradients = network.gradients(for: images, labels, .logLikelihood, mode).parameters.map(\.values)
    for (place, parameter) in network.parameters.enumerated() {
      for index in stride(from: 0, to: parameter.values.count, by: 3) {
        var costs: [Double] = []
        for step: Float in [1.0 / 64, -1.0 / 64] {
          var values = parameter.values
          values[index] += step
          network.setValues(values, ofParameter: place)
          costs.append(network.gradients(for: images, labels, .logLikelihood, mode).cost)
        }
        network.setValues(parameter.values, ofParameter: place)
        #expect(abs(gradients[place][index] - Float((costs[0] - costs[1]) * 32)) < 2e-4)
      }
    }
  }
}
