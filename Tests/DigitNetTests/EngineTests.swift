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
    for size in [1, 3, 5] {
      for stride in [1, 2, 3] {
        for (middle, outputs) in [(1, 14), (16, 16), (17, 33), (48, 5), (64, 64), (96, 80), (128, 130)] {
          let width = Int.random(in: 5...31, using: &generator)
          let layers = [
            Layer.randomConvolution(
              "first", from: 0, inputChannels: 3, outputChannels: middle, kernel: 3, stride: 1, activation: .relu,
              using: &generator),
            Layer.randomConvolution(
              "output", from: 1, inputChannels: middle, outputChannels: outputs, kernel: size, stride: stride,
              activation: .none, using: &generator),
          ]
          let model = Model(name: "random", layers: layers, stride: stride)
          let image = Image.random(width: width, height: 7, using: &generator)
          #expect(
            try Engine(model: model, kernels: kernel).output(for: image) == Reference.output(of: model, for: image),
            "kernel \(size), stride \(stride), channels \(middle) to \(outputs), width \(width)")
        }
      }
    }
  }

  @Test(arguments: EngineTests.runnable)
  func theShippedNetworkEqualsTheReferenceOnEverySmallSize(kernels: String) throws {
    var generator = SeededGenerator(seed: 5)
    let engine = try Engine(model: shippedModel(), kernels: try #require(Kernels.named(kernels)))
    for (width, height) in [(1, 1), (2, 9), (8, 8), (9, 17), (33, 30), (47, 5), (64, 41)] {
      let image = Image.random(width: width, height: height, using: &generator)
      #expect(
        engine.output(for: image) == Reference.output(of: engine.model, for: image), "\(width) x \(height)")
    }
  }

  @Test func extremeSumsAreClampedAsInTheReference() throws {
    var generator = SeededGenerator(seed: 9)
    var layers = [
      Layer.randomConvolution(
        "first", from: 0, inputChannels: 3, outputChannels: 64, kernel: 3, stride: 1, activation: .relu,
        using: &generator),
      Layer.randomConvolution(
        "output", from: 1, inputChannels: 64, outputChannels: 16, kernel: 3, stride: 1, activation: .none,
        using: &generator),
    ]
    for i in layers.indices {
      guard case .convolution(var convolution) = layers[i].operation else { continue }
      convolution.weights = convolution.weights.map { $0 < 0 ? -127 : 127 }
      convolution.multiplier = convolution.multiplier.map { $0 * 50 }
      layers[i].operation = .convolution(convolution)
    }
    let model = Model(name: "extreme", layers: layers, stride: 1)
    let image = Image(width: 19, height: 6, pixels: Array(repeating: 255, count: 19 * 6 * 3))
    let expected = Reference.output(of: model, for: image)
    #expect(expected.values.contains(32_767) && expected.values.contains(-32_768))
    for name in EngineTests.runnable {
      let kernels = try #require(Kernels.named(name))
      #expect(try Engine(model: model, kernels: kernels).output(for: image) == expected, "\(name)")
    }
  }

  @Test func aNetworkWithOtherLayersIsRefusedByNameAndRunByTheReference() throws {
    var generator = SeededGenerator(seed: 2)
    let layers = [
      Layer(name: "pool", inputs: [0], operation: .maximumPooling(.init(rows: 2, columns: 2, stride: 2, padding: 0))),
      Layer.randomConvolution(
        "output", from: 1, inputChannels: 3, outputChannels: 4, kernel: 1, stride: 1, activation: .softmax,
        using: &generator),
    ]
    let model = Model(name: "pooled", layers: layers, stride: 2)
    let error = #expect(throws: ModelError.self) { try Engine(model: model, kernels: .best) }
    #expect(error?.code == .unsupported)
    #expect(error?.message.contains("pool") == true)
    let output = Reference.output(of: model, for: Image.random(width: 8, height: 6, using: &generator))
    #expect(output.rows == 3 && output.columns == 4)
    for cell in 0..<12 {
      let sum = output.values[(4 * cell)..<(4 * cell + 4)].reduce(0, +)
      #expect(abs(sum - 10_000) <= 2)
    }
  }
}
