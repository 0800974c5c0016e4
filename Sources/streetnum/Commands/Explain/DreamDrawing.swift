import DigitNet
import DigitNetTraining
import Foundation
import Pipeline

/// A digit that is synthesised from noise by gradient ascent on a network's output, and a second network's reading of
/// it.
struct DreamDrawing {
  private let network: ExplainedNetwork
  private let seed: UInt64
  private let second: String?

  /// The side of a picture in the drawing, in pixels.
  private static let side = 192

  init(_ network: ExplainedNetwork, seed: UInt64, second: String?) {
    (self.network, self.seed, self.second) = (network, seed, second)
  }

  func drawn(_ digit: Int) throws -> (TileSheet, said: String) {
    guard let top = network.top, network.name != "gate" else {
      throw UsageError(summary: "--dream takes the detector, or a network that `learn mnist` trained")
    }
    if case .recogniser = network.kind {
      throw UsageError(summary: "The recogniser is asked what it reads in the detector's dream; it has none of its own")
    }
    let graph = try network.graph(for: network.usualShape)
    let node = graph.lastSums
    var options = Dream.Options()
    options.top = top
    if case .learned = network.kind { options.jitter = 2 }
    var dreams: [[Tensor]] = []
    let rows = [graph, graph.randomised(seed: seed)].enumerated().map { place, graph in
      let pictures = Dream(graph, at: node, .middle(channel: digit), options).pictures(seed: seed)
      dreams.append(pictures)
      let tiles = pictures.map { FeatureTile.fitted(ExplainedNetwork.picture($0, top: top), side: Self.side) }
      let caption = "noise, and the picture after each octave"
      return [
        TileSheet.Block(
          caption: place == 0 ? caption : "the same with random weights", tiles: tiles, columns: tiles.count)
      ]
    }
    let last = dreams[0][dreams[0].count - 1]
    let readings = try readings(of: last, top: top)
    let said = "\(network.name) dreams of \(digit): " + readings.joined(separator: "; ")
    return (TileSheet(title: "\(network.name): a dream of \(digit)", notes: readings, rows), said)
  }

  /// The readings of the dream by the network that made it and by the second network.
  private func readings(of dream: Tensor, top: Float) throws -> [String] {
    if let reader = network.reader { return readings(of: ExplainedNetwork.picture(dream, top: top), reader) }
    let own = try answer(of: network.graph(for: dream.shape), dream)
    guard let second else { return ["it says \(own); no --second network was asked"] }
    return [
      "it says \(own)",
      "a second network says \(try answer(of: FeatureGraph(NetworkFile(path: second).network()), dream))",
    ]
  }

  private func readings(of dream: Image, _ reader: NumberReader) -> [String] {
    let middle = Box(left: dream.width / 2 - 10, top: dream.height / 2 - 15, width: 20, height: 30)
    let digits = reader.detector.digits(in: dream)
    let own = digits.max { ($0.score, $1.box) < ($1.score, $0.box) }
    let said = own.map { "it sees \($0.value) with a score of \(Confidence.text($0.score))" } ?? "it sees nothing"
    guard let recogniser = reader.recogniser else { return [said] }
    let transcripts = recogniser.transcripts(of: Crop(around: [own?.box ?? middle]), in: dream)
    let text = transcripts[0].texts.first ?? []
    let share = transcripts[0].probability(of: text)
    let read = text.isEmpty ? "no number" : text.map(String.init).joined()
    return [
      said,
      "the recogniser, which had no part in it, reads \(read) with a probability of \(String(format: "%.2f", share))",
    ]
  }

  private func answer(of graph: FeatureGraph, _ dream: Tensor) throws -> String {
    let output = try graph.resized(to: dream.shape).output(of: graph.nodes.count - 1, for: dream).values
    let best = output.indices.reduce(0) { output[$1] > output[$0] ? $1 : $0 }
    return "\(best) with \(String(format: "%.2f", output[best]))"
  }
}
