import DigitNetTraining
import Testing

/// A network that slides gives at each place what it gives for the window there, to the last bit.
@Suite struct StencilTests {
  private static func image(rows: Int, columns: Int) -> Tensor {
    var random = RandomSource(seed: 5)
    let shape = Shape(rows: rows, columns: columns, channels: 1)
    return Tensor(images: 1, shape: shape, values: (0..<shape.count).map { _ in random.uniform() })
  }

  /// The network on each window cut out alone.
  private func cut(_ network: TrainableNetwork, _ image: Tensor, stride: Int) -> [UInt32] {
    let window = network.input
    var bits: [UInt32] = []
    for top in Swift.stride(from: 0, through: image.shape.rows - window.rows, by: stride) {
      for left in Swift.stride(from: 0, through: image.shape.columns - window.columns, by: stride) {
        let values = (top..<top + window.rows).flatMap { row in
          image.values[row * image.shape.columns + left..<row * image.shape.columns + left + window.columns]
        }
        bits += network.output(of: Tensor(images: 1, shape: window, values: values)).values.map(\.bitPattern)
      }
    }
    return bits
  }

  @Test(arguments: Recipe.allCases) func itEqualsWindowsCutOutAlone(_ recipe: Recipe) throws {
    let network = try recipe.network(seed: 3)
    let stencil = try Stencil(network)
    #expect(stencil.stride == (recipe == .convnet ? 4 : 1))
    let image = StencilTests.image(rows: 41, columns: 51)
    let map = try stencil.slide(over: image, threads: 2)
    #expect(map.shape.rows == (41 - 28) / stencil.stride + 1 && map.shape.columns == (51 - 28) / stencil.stride + 1)
    #expect(map.values.map(\.bitPattern) == cut(network, image, stride: stencil.stride))
  }

  @Test func bandsAndThreadsChangeNothing() throws {
    // Wide enough for bands of a few rows.
    let network = try TrainableNetwork(
      input: Shape(rows: 3, columns: 3, channels: 1), layers: [DenseLayer(outputs: 2), ActivationLayer(.softmax)],
      .scaled, seed: 1)
    let image = StencilTests.image(rows: 9, columns: 20_000)
    let map = try Stencil(network).slide(over: image, threads: 1)
    #expect(try Stencil(network).slide(over: image, threads: 3) == map)
    #expect(map.values.map(\.bitPattern) == cut(network, image, stride: 1))
  }

  @Test func anImageOfOneWindowIsTheNetwork() throws {
    let network = try Recipe.hidden15.network(seed: 1)
    let image = StencilTests.image(rows: 28, columns: 28)
    #expect(try Stencil(network).slide(over: image, threads: 1).values == network.output(of: image).values)
  }

  @Test func whatCanNotSlideIsRefused() throws {
    let padded = try TrainableNetwork(
      input: Shape(rows: 4, columns: 4, channels: 1),
      layers: [ConvolutionLayer(filters: 1, rows: 3, columns: 3, padding: 1), DenseLayer(outputs: 1)])
    let map = try TrainableNetwork(
      input: Shape(rows: 4, columns: 4, channels: 1), layers: [ConvolutionLayer(filters: 1, rows: 3, columns: 3)])
    for network in [padded, map] {
      #expect(throws: TrainingError.self) { _ = try Stencil(network) }
    }
    let stencil = try Stencil(try Recipe.hidden15.network(seed: 1))
    for (rows, columns) in [(27, 40), (40, 27)] {
      #expect(throws: TrainingError.self) {
        _ = try stencil.slide(over: StencilTests.image(rows: rows, columns: columns), threads: 1)
      }
    }
  }
}
