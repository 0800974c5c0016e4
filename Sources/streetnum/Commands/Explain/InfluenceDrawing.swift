import DigitNet
import DigitNetTraining
import Foundation
import Pipeline

/// The pixels that a reading rests on, by gradient and by occlusion, beside those for random weights.
struct InfluenceDrawing {
  private let network: ExplainedNetwork
  private let seed: UInt64

  /// The longer side of a picture in the drawing, in pixels.
  private static let side = 340

  init(_ network: ExplainedNetwork, seed: UInt64) { (self.network, self.seed) = (network, seed) }

  func drawn(_ number: String, in photograph: Image, path: String) throws -> (TileSheet, said: String) {
    let view = try view(of: photograph, number, path: path)
    let graph = try network.graph(for: view.numbers.shape)
    let node = graph.lastSums
    let score = try score(of: number, classes: graph.shapes[node].channels)
    // A square with a fifth of the picture's shorter side covers one or two strokes of a digit.
    let covered = max(3, min(view.picture.width, view.picture.height) / 5)
    var scores: [Float] = []
    let rows = [graph, graph.randomised(seed: seed)].enumerated().map { place, graph in
      let gradient = graph.sensitivity(of: score, at: node, in: view.numbers)
      let occlusion = graph.occlusion(
        of: score, at: node, in: view.numbers, side: covered, step: max(1, covered / 2),
        threads: ProcessInfo.processInfo.activeProcessorCount)
      scores.append(gradient.score)
      return [
        block(place == 0 ? "the picture" : "with random weights", FeatureTile.fitted(view.picture, side: Self.side)),
        block("gradient", FeatureTile.channel(0, of: gradient.map, .glow, side: Self.side)),
        block("occlusion", FeatureTile.channel(0, of: occlusion.map, .signed, side: Self.side)),
      ]
    }
    let said = "\(network.name), why \(number): \(text(scores[0])), with random weights \(text(scores[1]))"
    return (
      TileSheet(
        title: said,
        notes: [
          "Gradient: bright where a small change of a pixel changes the answer most.",
          "Occlusion: blue where covering it with a grey square takes from the answer, red where that adds to it.",
        ], rows), said
    )
  }

  private func block(_ caption: String, _ tile: Image) -> TileSheet.Block {
    TileSheet.Block(caption: caption, tiles: [tile], columns: 1)
  }

  /// The text for a score.
  private func text(_ score: Float) -> String {
    switch network.kind {
    case .recogniser: "probability " + String(format: "%.4f", exp(score))
    case .stencil: "score " + Confidence.text(Sigmoid.probability(Int(min(max(score, -32_768), 32_767))))
    case .learned, .alexNet: "sum " + String(format: "%.2f", score)
    }
  }

  private func score(of number: String, classes: Int) throws -> Score {
    if case .recogniser = network.kind {
      return .text(number.compactMap(\.wholeNumberValue), unit: Float(Sigmoid.unit))
    }
    let (place, count) = (Int(number) ?? 0, network.name == "detector" ? 10 : classes)
    guard place < count else {
      throw UsageError(summary: "\(network.name) has no answer \(number); it has \(count), from 0 on")
    }
    return .largest(channel: place)
  }

  /// The network's view. For a detector it is the part of the photograph, at the scale, in which the digit has the
  /// largest output.
  private func view(of photograph: Image, _ number: String, path: String) throws -> ExplainedNetwork.View {
    guard case .stencil = network.kind else { return try network.view(of: photograph, path: path, number: number) }
    guard network.name == "detector", let digit = Int(number), digit < 10 else {
      throw UsageError(
        summary: "The \(network.name) reads no numbers; --why takes one digit of the detector, or the recogniser")
    }
    var best: (value: Float, view: ExplainedNetwork.View)?
    for view in try network.views(of: photograph, path: path) {
      let graph = try network.graph(for: view.numbers.shape)
      let output = graph.output(of: graph.lastSums, for: view.numbers)
      let step = view.picture.width / output.shape.columns
      for cell in 0..<output.shape.cells {
        let value = output.values[cell * output.shape.channels + digit]
        guard value > best?.value ?? -.infinity else { continue }
        let (row, column) = cell.quotientAndRemainder(dividingBy: output.shape.columns)
        best = (value, part(of: view, x: column * step, y: row * step))
      }
    }
    guard let best else { throw UsageError(summary: "\(path): The picture is too small for the detector") }
    return best.view
  }

  /// A square around a position, aligned to whole cells of all layers.
  private func part(of view: ExplainedNetwork.View, x: Int, y: Int) -> ExplainedNetwork.View {
    let (side, cell) = (96, 16)
    func start(_ place: Int, _ length: Int) -> Int { max(0, min(place - side / 2, length - side)) / cell * cell }
    let (left, top) = (start(x, view.picture.width), start(y, view.picture.height))
    let box = Box(
      left: left, top: top, width: min(side, view.picture.width - left), height: min(side, view.picture.height - top))
    let picture = view.picture.cropped(to: box)
    return ExplainedNetwork.View(picture: picture, numbers: Tensor(bitsOf: picture))
  }
}
