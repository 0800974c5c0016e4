import DigitNet
import DigitNetTraining
import Pipeline

/// The feature maps of a layer and the stencils of the first layer, beside those of random weights.
struct FeatureDrawing {
  private let network: ExplainedNetwork
  private let seed: UInt64

  /// The longer side, in pixels, of the picture of a feature and of a photograph.
  private static let (tile, photograph) = (72, 300)

  init(_ network: ExplainedNetwork, seed: UInt64) { (self.network, self.seed) = (network, seed) }

  /// The feature maps of a layer for a picture.
  func maps(of layer: String, in view: ExplainedNetwork.View, features: Int) throws -> (TileSheet, said: String) {
    let graph = try network.graph(for: view.numbers.shape)
    let node = try graph.place(of: layer)
    let shape = graph.shapes[node]
    let shown = min(features, shape.channels)
    let blocks = [graph, graph.randomised(seed: seed)].enumerated().map { place, graph in
      let output = graph.output(of: node, for: view.numbers)
      // A layer whose output is a single cell has one value per feature.
      let tiles = (0..<shown).map { FeatureTile.channel($0, of: output, .glow, side: Self.tile) }
      return TileSheet.Block(caption: place == 0 ? "what it sees" : "with random weights", tiles: tiles, columns: 8)
    }
    let picture = TileSheet.Block(
      caption: "the picture", tiles: [FeatureTile.fitted(view.picture, side: Self.photograph)], columns: 1)
    let said =
      "\(network.name), layer \(layer): \(shown) of \(shape.channels) features, \(shape.rows)x\(shape.columns) cells"
    return (
      TileSheet(
        title: said,
        notes: [
          "One picture a feature: black where its stencil finds nothing, white where it finds most. Blue is less than zero.",
          "Each is as bright as its own largest value allows.",
        ], [[picture], blocks]), said
    )
  }

  /// The stencils of the first layer, each as a picture of the pattern that excites it.
  func filters() throws -> (TileSheet, said: String) {
    let graph = try network.graph(for: network.usualShape)
    let stencils = graph.firstStencils
    let blocks = [graph, graph.randomised(seed: seed)].enumerated().map { place, graph in
      TileSheet.Block(
        caption: place == 0 ? "learned" : "random weights, before learning",
        tiles: Self.stencils(graph.nodes[stencils].parameters[0]), columns: 8)
    }
    let said = "\(network.name): \(blocks[0].tiles.count) filters of the first layer"
    let isColour = graph.input.channels > 1
    return (
      TileSheet(
        title: said,
        notes: [
          isColour
            ? "Grey counts nothing. A pixel of a stencil's colour in the picture speaks for its feature."
            : "Ink on blue speaks for the feature, ink on red against it."
        ], [blocks]), said
    )
  }

  private static func stencils(_ weights: Parameter) -> [Image] {
    let (rows, columns, inputs, filters) = (weights.shape[0], weights.shape[1], weights.shape[2], weights.shape[3])
    return (0..<filters).map { filter in
      let values = (0..<rows * columns * inputs).map { weights.values[$0 * filters + filter] }
      let stencil = Tensor(
        images: 1, shape: Shape(rows: rows, columns: columns, channels: inputs), values: values)
      return FeatureTile.colours(stencil, inputs == 1 ? .signed : .colours, side: Self.tile * 2 / 3)
    }
  }
}
