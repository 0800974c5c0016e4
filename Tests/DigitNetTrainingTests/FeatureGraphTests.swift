import DigitNet
import DigitNetTraining
import Testing

/// Networks as graphs: names, gradients, receptive fields, and copies of 8-bit networks.
@Suite struct FeatureGraphTests {
  /// An 8-bit network with every operation that a graph copies.
  private static func network() -> Network {
    var random = RandomSource(seed: 2)
    func convolution(
      _ name: String, _ input: Int, _ channels: (Int, Int), stride: Int = 1, size: Int = 3, isOutput: Bool = false
    ) -> Layer {
      let count = size * size * channels.0
      return Layer(
        name: name, inputs: [input],
        operation: .convolution(
          Layer.Convolution(
            window: Layer.Window(rows: size, columns: size, stride: stride, padding: size / 2),
            inputChannels: channels.0,
            outputChannels: channels.1, weights: (0..<count * channels.1).map { _ in Int8(random.below(101) - 40) },
            bias: (0..<channels.1).map { _ in Int32(random.below(2001) - 1000) },
            multiplier: (0..<channels.1).map { _ in 0.04 / Float(count) }, activation: isOutput ? .none : .relu)))
    }
    let half = Layer.Window(rows: 2, columns: 2, stride: 2, padding: 0)
    return Network(layers: [
      convolution("first", 0, (3, 6), stride: 2), convolution("second", 1, (6, 6), stride: 2),
      Layer(name: "wide", inputs: [2], operation: .enlarge(factor: 2)),
      Layer(name: "sum", inputs: [1, 3], operation: .add),
      Layer(name: "largest", inputs: [4], operation: .maximumPooling(half)),
      Layer(name: "mean", inputs: [4], operation: .averagePooling(half)),
      Layer(name: "both", inputs: [5, 6], operation: .add), convolution("output", 7, (6, 3), size: 1, isOutput: true),
    ])
  }

  private static let size = ImageSize(width: 22, height: 18)

  private static func picture(seed: UInt64 = 5) -> Image {
    var random = RandomSource(seed: seed)
    return Image(
      width: size.width, height: size.height, pixels: (0..<size.pixels * 3).map { _ in UInt8(random.below(256)) })
  }

  @Test func aCopyStaysWithinHalfAStepOfEachLayer() throws {
    let network = Self.network()
    let graph = try FeatureGraph(copying: network, input: Self.size)
    var exact = [FeatureMap(Self.picture())]
    for layer in network.layers { exact.append(Reference.output(of: layer, for: layer.inputs.map { exact[$0] })) }
    // Each layer by itself, of the reference's own inputs: a graph of that layer alone.
    for (place, layer) in network.layers.enumerated() where layer.inputs.count == 1 {
      let input = exact[layer.inputs[0]]
      var alone = layer
      alone.inputs = [0]
      guard input.channels == 3 else { continue }
      let copy = try FeatureGraph(
        copying: Network(layers: [alone]), input: ImageSize(width: input.columns, height: input.rows))
      let values = copy.values(for: Tensor(bitsOf: Self.picture())).last?.values ?? []
      #expect(values.count == exact[place + 1].values.count)
      for (value, integer) in zip(values, exact[place + 1].values) { #expect(abs(value - Float(integer)) <= 0.5001) }
    }
    // All of them: the roundings of layers before add up to a few steps.
    let values = graph.values(for: Tensor(bitsOf: Self.picture()))
    for (place, layer) in network.layers.enumerated() {
      let copied = values[try graph.place(of: layer.name)].values
      let differences = zip(copied, exact[place + 1].values).map { abs($0 - Float($1)) }
      #expect((differences.max() ?? 9) < 2, "\(layer.name)")
      #expect(exact[place + 1].values.contains { $0 != exact[place + 1].values[0] }, "\(layer.name) says nothing")
    }
  }

  @Test func gradientsThroughTheGraphEqualFiniteDifferences() throws {
    let graph = try FeatureGraph(copying: Self.network(), input: Self.size)
    let picture = Tensor(bitsOf: Self.picture())
    var random = RandomSource(seed: 3)
    for layer in ["second", "sum", "both", "output"] {
      let node = try graph.place(of: layer)
      let values = graph.values(for: picture, upTo: node)
      var factors = values[node]
      for place in factors.values.indices { factors.values[place] = random.normal() }
      let gradient = graph.gradient(of: node, factors, at: values, picture)
      func sum(_ picture: Tensor) -> Double {
        zip(graph.output(of: node, for: picture).values, factors.values).reduce(0) { $0 + Double($1.0) * Double($1.1) }
      }
      // Along directions of all pixels at once, in which the corners of single rectifiers hardly count.
      var (worst, largest) = (0.0, 0.0)
      for _ in 0..<6 {
        let direction = picture.values.map { _ in random.normal() }
        func moved(_ step: Float) -> Tensor {
          var result = picture
          for place in result.values.indices { result.values[place] += step * direction[place] }
          return result
        }
        let step: Float = 1.0 / 64
        let difference = (sum(moved(step)) - sum(moved(-step))) / Double(2 * step)
        let derivative = zip(gradient.values, direction).reduce(0) { $0 + Double($1.0) * Double($1.1) }
        worst = max(worst, abs(difference - derivative))
        largest = max(largest, abs(derivative))
      }
      #expect(largest > 0.5 && worst < 0.02 * largest, "\(layer): \(worst) of \(largest)")
    }
  }

  @Test func anUnknownLayerIsAnsweredWithThoseThatThereAre() throws {
    let graph = try FeatureGraph(copying: Self.network(), input: Self.size)
    #expect(graph.names == ["first", "second", "wide", "sum", "largest", "mean", "both", "output"])
    do throws(TrainingError) {
      _ = try graph.place(of: "third")
      Issue.record("no error")
    } catch {
      #expect(
        error.code == .layer
          && error.message.hasSuffix("the layers are first, second, wide, sum, largest, mean, both, output"))
    }
    let learned = try FeatureGraph(Recipe.convnet.network(seed: 1))
    #expect(
      learned.names == [
        "convolution1", "pooling1", "relu1", "convolution2", "pooling2", "relu2", "dense1", "relu3", "dropout1",
        "dense2",
        "softmax1",
      ])
  }

  @Test func aCellDependsOnItsReceptiveFieldAlone() throws {
    let graph = try FeatureGraph(copying: Self.network(), input: Self.size)
    let node = try graph.place(of: "sum")
    let picture = Tensor(bitsOf: Self.picture())
    let (row, column) = (4, 5)
    let field = graph.field(of: node, row: row, column: column)
    #expect(field.rows.count < 18 && field.columns.count < 22)
    let before = graph.output(of: node, for: picture).cell(image: 0, row: row, column: column)
    var (outside, inside) = (picture, picture)
    for y in 0..<18 {
      for x in 0..<22 {
        let isInside = field.rows.contains(y) && field.columns.contains(x)
        for channel in 0..<3 {
          let place = (y * 22 + x) * 3 + channel
          if isInside {
            inside.values[place] = 127 - inside.values[place]
          } else {
            outside.values[place] = 127 - outside.values[place]
          }
        }
      }
    }
    #expect(graph.output(of: node, for: outside).cell(image: 0, row: row, column: column) == before)
    #expect(graph.output(of: node, for: inside).cell(image: 0, row: row, column: column) != before)
  }

  @Test func randomWeightsAreOthersOfTheSameShape() throws {
    let graph = try FeatureGraph(copying: Self.network(), input: Self.size)
    let random = graph.randomised(seed: 1)
    #expect(random.nodes.map(\.parameterCount) == graph.nodes.map(\.parameterCount))
    #expect(random.nodes[0].parameters != graph.nodes[0].parameters)
    #expect(random.nodes[0].parameters == graph.randomised(seed: 1).nodes[0].parameters)
    #expect(random.nodes[0].parameters != graph.randomised(seed: 2).nodes[0].parameters)
  }

  @Test func networksThatNoGraphCopiesAreRefused() throws {
    let dense = try FeatureGraph(Recipe.hidden15.network(seed: 1))
    #expect(throws: TrainingError.self) { try dense.resized(to: Shape(rows: 30, columns: 30, channels: 1)) }
    #expect(throws: TrainingError.self) {
      try FeatureGraph(copying: Self.network(), input: ImageSize(width: 2, height: 2))
    }
  }
}
