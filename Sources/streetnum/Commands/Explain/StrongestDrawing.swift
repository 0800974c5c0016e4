import DigitNet
import DigitNetTraining
import Foundation
import Pipeline

/// The patches that excite each feature of a layer most, with the pixels responsible, beside those for random weights.
struct StrongestDrawing {
  private let network: ExplainedNetwork
  private let layer: String
  private var searches: [StrongestPatches]
  /// The count of pictures that the network looks at, each at one scale or more.
  private var pictures = 0

  /// The side of a patch in the drawing, in pixels.
  private static let tile = 50

  init(_ network: ExplainedNetwork, layer: String, features: Int, seed: UInt64) throws {
    (self.network, self.layer) = (network, layer)
    let graph = try network.graph(for: network.usualShape)
    searches = try [graph, graph.randomised(seed: seed)].map {
      try StrongestPatches($0, layer: layer, features: features)
    }
  }

  /// Searches all pictures of the inputs; throws where none can be read.
  mutating func take(_ inputs: [String], _ limits: PictureLimitOptions) throws {
    for input in inputs {
      var failure: (any Error)?
      try Source(path: input).forEachImage(named: { _ in true }, options: limits.ingestOptions) { name, image in
        do {
          let views = try network.views(of: image, path: name)
          pictures += views.isEmpty ? 0 : 1
          for view in views {
            for place in searches.indices { try searches[place].take(view.numbers) }
          }
        } catch {
          failure = error
        }
      }
      if let failure { throw failure }
    }
    guard pictures > 0 else {
      throw UsageError(summary: "\(inputs[0]): There is no picture in it that the network looks at")
    }
  }

  /// The sheet, and a sentence about it for standard error.
  func drawn() -> (TileSheet, said: String) {
    let found = searches.map { $0.patches(threads: ProcessInfo.processInfo.activeProcessorCount) }
    let rows = found[0].indices.map { feature in
      found.enumerated().flatMap { place, features in
        let patches = features[feature]
        let name = place == 0 ? "feature \(feature)" : "random \(feature)"
        return [
          block(name, patches.map { patch in shown(patch.pixels) }),
          block("responsible", patches.map { patch in Self.responsible(patch.responsible) }),
        ]
      }
    }
    let said = "\(network.name), layer \(layer): the strongest patches of \(counted(pictures, "picture"))"
    return (
      TileSheet(
        title: said,
        notes: [
          "Left: the nine patches that excite a feature most, and the pixels responsible: blue adds to it, red takes from it",
          "(of networks with pooling, the feature taken back to the colours that excite it). Right: with random weights.",
        ], rows), said
    )
  }

  private func block(_ caption: String, _ tiles: [Image]) -> TileSheet.Block {
    TileSheet.Block(caption: caption, tiles: tiles, columns: 3)
  }

  private static func responsible(_ pixels: Tensor) -> Image {
    FeatureTile.colours(pixels, pixels.shape.channels == 1 ? .signed : .colours, side: tile)
  }

  private func shown(_ pixels: Tensor) -> Image {
    guard let top = network.top else { return FeatureTile.colours(pixels, side: Self.tile) }
    return FeatureTile.fitted(ExplainedNetwork.picture(pixels, top: top), side: Self.tile)
  }
}
