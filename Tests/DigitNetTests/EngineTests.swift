import DigitNet
import Testing

/// The fast engine gives the reference's bits, whatever the kernels, the shapes and the network.
@Suite struct EngineTests {
  /// Those that this machine can run; the others are named, so that a skip is seen.
  static let runnable: [String] = Kernels.names.filter { name in
    let can = Kernels.named(name) != nil
    if !can { Issue.record("Skipped: this machine can't run the \(name) kernels", severity: .warning) }
    return can
  }

  @Test(arguments: EngineTests.runnable)
  func convolutionsOfAllShapesEqualTheReference(kernels: String) throws {
    var generator = SeededGenerator(seed: 3)
    let kernel = try #require(Kernels.named(kernels))
    for (rows, columns) in [(1, 1), (3, 3), (5, 5), (1, 3), (7, 1)] {
      for stride in [1, 2, 3] {
        for (middle, outputs) in [(1, 14), (16, 16), (17, 33), (48, 5), (64, 64), (96, 80), (128, 130)] {
          let width = Int.random(in: 5...31, using: &generator)
          let layers = [
            Layer.randomConvolution(
              "first", from: 0, inputChannels: 3, outputChannels: middle, rows: 3, columns: 3, stride: 1,
              activation: .relu, using: &generator),
            Layer.randomConvolution(
              "output", from: 1, inputChannels: middle, outputChannels: outputs, rows: rows, columns: columns,
              stride: stride, activation: .none, using: &generator),
          ]
          let network = Network(layers: layers)
          let image = Image.random(width: width, height: 7, using: &generator)
          #expect(
            try Engine(network: network, kernels: kernel).output(for: image)
              == Reference.output(of: network, for: image),
            "kernel \(rows) x \(columns), stride \(stride), channels \(middle) to \(outputs), width \(width)")
        }
      }
    }
  }

  @Test(arguments: EngineTests.runnable)
  func theShippedNetworksEqualTheReferenceOnEverySmallSize(kernels: String) throws {
    let kernel = try #require(Kernels.named(kernels))
    let model = try shippedModel()
    try expectReference(
      model.detector, kernel, [(1, 1), (2, 9), (8, 8), (9, 17), (33, 30), (47, 5), (64, 41)])
    for recogniser in model.recognisers {
      try expectReference(recogniser, kernel, Crop.widths.map { ($0, Crop.height) } + [(37, Crop.height)])
    }
  }

  private func expectReference(_ network: Network, _ kernels: Kernels, _ sizes: [(Int, Int)]) throws {
    var generator = SeededGenerator(seed: 5)
    let engine = try Engine(network: network, kernels: kernels)
    for (width, height) in sizes {
      let image = Image.random(width: width, height: height, using: &generator)
      #expect(
        engine.output(for: image) == Reference.output(of: network, for: image), "\(width) x \(height)")
    }
  }

  @Test func extremeSumsAreClampedAsInTheReference() throws {
    var generator = SeededGenerator(seed: 9)
    var layers = [
      Layer.randomConvolution(
        "first", from: 0, inputChannels: 3, outputChannels: 64, rows: 3, columns: 3, stride: 1, activation: .relu,
        using: &generator),
      Layer.randomConvolution(
        "output", from: 1, inputChannels: 64, outputChannels: 16, rows: 3, columns: 3, stride: 1, activation: .none,
        using: &generator),
    ]
    for i in layers.indices {
      guard case .convolution(var convolution) = layers[i].operation else { continue }
      convolution.weights = convolution.weights.map { $0 < 0 ? -127 : 127 }
      convolution.multiplier = convolution.multiplier.map { $0 * 50 }
      layers[i].operation = .convolution(convolution)
    }
    let network = Network(layers: layers)
    let image = Image(width: 19, height: 6, pixels: Array(repeating: 255, count: 19 * 6 * 3))
    let expected = Reference.output(of: network, for: image)
    #expect(expected.values.contains(32_767) && expected.values.contains(-32_768))
    for name in EngineTests.runnable {
      let kernels = try #require(Kernels.named(name))
      #expect(try Engine(network: network, kernels: kernels).output(for: image) == expected, "\(name)")
    }
  }

  @Test func aNetworkWithOtherLayersIsRefusedByNameAndRunByTheReference() throws {
    var generator = SeededGenerator(seed: 2)
    let layers = [
      Layer(name: "pool", inputs: [0], operation: .maximumPooling(.init(rows: 2, columns: 2, stride: 2, padding: 0))),
      Layer.randomConvolution(
        "output", from: 1, inputChannels: 3, outputChannels: 4, rows: 1, columns: 1, stride: 1, activation: .softmax,
        using: &generator),
    ]
    let network = Network(layers: layers)
    let error = #expect(throws: ModelError.self) { try Engine(network: network, kernels: .best) }
    #expect(error?.code == .unsupported)
    #expect(error?.message.contains("pool") == true)
    let output = Reference.output(of: network, for: Image.random(width: 8, height: 6, using: &generator))
    #expect(output.rows == 3 && output.columns == 4)
    for cell in 0..<12 {
      let sum = output.values[(4 * cell)..<(4 * cell + 4)].reduce(0, +)
      #expect(abs(sum - 10_000) <= 2)
    }
  }
}
