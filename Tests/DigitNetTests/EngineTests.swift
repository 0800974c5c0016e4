import DigitNet
import TestSupport
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

  /// Between two others, so that what it computes in tiles is cut off at every side.
  @Test(arguments: EngineTests.runnable, [false, true])
  func hiddenConvolutionsOfAllSizesEqualTheReference(kernels: String, extreme: Bool) throws {
    var generator = SeededGenerator(seed: 13)
    let kernel = try #require(Kernels.named(kernels))
    for (inputs, outputs) in [(16, 16), (17, 40), (64, 64), (96, 32), (192, 16), (224, 16), (240, 16)] {
      var layers = [
        Layer.randomConvolution(
          "first", from: 0, inputChannels: 3, outputChannels: inputs, rows: 1, columns: 1, stride: 1, activation: .relu,
          using: &generator),
        .randomConvolution(
          "hidden", from: 1, inputChannels: inputs, outputChannels: outputs, rows: 3, columns: 3, stride: 1,
          activation: .relu, using: &generator),
        .randomConvolution(
          "output", from: 2, inputChannels: outputs, outputChannels: 5, rows: 3, columns: 3, stride: 1,
          activation: .none, using: &generator),
      ]
      if extreme { layers = layers.map { $0.withLargestWeights(using: &generator) } }
      let network = Network(layers: layers)
      let engine = try Engine(network: network, kernels: kernel)
      for (width, height) in zip(1...11, [11, 3, 8, 1, 5, 2, 9, 4, 7, 10, 6]) + [(60, 5), (101, 2)] {
        let image =
          extreme
          ? Image(width: width, height: height, pixels: Array(repeating: 255, count: 3 * width * height))
          : Image.random(width: width, height: height, using: &generator)
        #expect(
          engine.output(for: image) == Reference.output(of: network, for: image),
          "\(inputs) to \(outputs) channels, \(width) x \(height)")
      }
    }
  }

  @Test(arguments: EngineTests.runnable)
  func theShippedNetworksEqualTheReferenceOnEverySmallSize(kernels: String) throws {
    let kernel = try #require(Kernels.named(kernels))
    let model = try shippedModel()
    try expectReference(
      model.detector, kernel, [(1, 1), (2, 9), (8, 8), (9, 17), (33, 30), (47, 5), (64, 41)])
    let gate = try #require(model.gate)
    try expectReference(gate.network, kernel, [(1, 1), (16, 17), (33, 64), (70, 47)])
    for recogniser in model.recognisers {
      try expectReference(recogniser, kernel, Crop.widths.map { ($0, Crop.height) } + [(37, Crop.height)])
    }
  }

  @Test(arguments: EngineTests.runnable)
  func picturesOfSeveralStripsEqualTheReference(kernels: String) throws {
    var generator = SeededGenerator(seed: 22)
    let network = stridesOfAllKinds(using: &generator)
    try expectReference(network, try #require(Kernels.named(kernels)), [(4_096, 9), (4_113, 9), (8_300, 5)])
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

  @Test(arguments: EngineTests.runnable)
  func outputsOfARegionEqualThoseOfTheWholePicture(kernels: String) throws {
    let kernel = try #require(Kernels.named(kernels))
    var generator = SeededGenerator(seed: 21)
    for (network, width, height) in [
      (try shippedModel().detector, 423, 290), (stridesOfAllKinds(using: &generator), 211, 97),
    ] {
      let engine = try Engine(network: network, kernels: kernel)
      let image = Image.random(width: width, height: height, using: &generator)
      let whole = engine.output(for: image)
      for (side, share) in [(16, 0.02), (16, 0.3), (32, 0.1), (24, 0.05), (16, 0)] {
        var region = Region(width: width, height: height, side: side)
        var wanted = Set<[Int]>()
        for row in 0..<region.rows {
          for column in 0..<region.columns where Double.random(in: 0..<1, using: &generator) < share {
            wanted.insert([row, column])
          }
          region.narrow(row: row) { wanted.contains([row, $0]) }
        }
        let part = engine.output(for: image, region: region)
        for y in 0..<whole.rows {
          for x in 0..<whole.columns {
            let block = [
              min(y * network.stride / side, region.rows - 1), min(x * network.stride / side, region.columns - 1),
            ]
            for channel in 0..<whole.channels {
              #expect(
                part[y, x, channel] == (wanted.contains(block) ? whole[y, x, channel] : 0),
                "blocks of \(side), share \(share), cell \(x), \(y), channel \(channel)")
            }
          }
        }
      }
    }
  }

  /// Windows of several sizes and strides, an enlargement and an addition.
  private func stridesOfAllKinds(using generator: inout SeededGenerator) -> Network {
    func convolution(
      _ name: String, from input: Int, _ inputs: Int, _ outputs: Int, _ size: Int, stride: Int,
      _ activation: Layer.Activation = .relu
    ) -> Layer {
      .randomConvolution(
        name, from: input, inputChannels: inputs, outputChannels: outputs, rows: size, columns: size, stride: stride,
        activation: activation, using: &generator)
    }
    return Network(layers: [
      convolution("first", from: 0, 3, 16, 5, stride: 2), convolution("second", from: 1, 16, 24, 3, stride: 2),
      convolution("wide", from: 2, 24, 24, 7, stride: 2),
      Layer(name: "large", inputs: [3], operation: .enlarge(factor: 2)),
      Layer(name: "sum", inputs: [2, 4], operation: .add),
      convolution("output", from: 5, 24, 3, 3, stride: 1, .none),
    ])
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
    #expect(error?.message.contains("pool") == true && error?.message.contains("reference") == true)
    #expect(!Engine.runs(layers[0], isOutput: false) && !Engine.runs(layers[1], isOutput: true))
    let all = stridesOfAllKinds(using: &generator).layers
    #expect(all.enumerated().allSatisfy { Engine.runs($1, isOutput: $0 == all.count - 1) })
    let output = Reference.output(of: network, for: Image.random(width: 8, height: 6, using: &generator))
    #expect(output.rows == 3 && output.columns == 4)
    for cell in 0..<12 {
      let sum = output.values[(4 * cell)..<(4 * cell + 4)].reduce(0, +)
      #expect(abs(sum - 10_000) <= 2)
    }
  }
}
