import ArgumentParser
import DigitNet
import DigitNetTraining
import DigitNetWeights
import Foundation
import Pipeline

/// `streetnum learn describe`: counts the parameters and outputs of a network, layer by layer.
struct LearnDescribeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "describe",
    abstract: "Count a network's parameters and neurons, layer by layer.",
    discussion: """
      NETWORK is alexnet, torchvision-alexnet, one of those of `learn mnist` (784-15-10 and so on), or one of the model that \
      reads house numbers: gate, detector, recogniser, recogniser_2. Neurons are the outputs of layers that have weights, for \
      a picture of the size that is named at the top.

      The last column says what runs a layer: the fast engine of 8-bit integers, or only the reference; networks of \
      floats run in the training library.

      Example:
        streetnum learn describe alexnet
      """)

  @Argument(help: "The network.")
  var network: String

  @Option(help: ArgumentHelp("Model file to use instead of the built-in one.", valueName: "file"), completion: .file())
  var model: String?

  func run() throws {
    try streetnum.run {
      let output = StandardOutput()
      try output.say(description())
      try output.flush()
    }
  }

  private func description() throws -> String {
    if model != nil, AlexNet(rawValue: network) != nil || Recipe(rawValue: network) != nil {
      throw UsageError(summary: "\(network) is no network of a model; --model does not go with it")
    }
    if let alexNet = AlexNet(rawValue: network) {
      return try text(TrainableNetwork(input: alexNet.input, layers: alexNet.layers))
    }
    if let recipe = Recipe(rawValue: network) { return try text(recipe.network(seed: 1)) }
    let shipped = try ShippedNetwork(name: network, model: model)
    let graph = try FeatureGraph(copying: shipped.network, input: shipped.usualInput)
    return table(graph) { name in
      guard let place = shipped.network.layers.firstIndex(where: { $0.name == name }) else { return "" }
      let isOutput = place == shipped.network.layers.count - 1
      return Engine.runs(shipped.network.layers[place], isOutput: isOutput) ? "engine" : "reference only"
    }
  }

  private func text(_ network: TrainableNetwork) throws -> String { try table(FeatureGraph(network)) { _ in "floats" } }

  /// One line per named layer. The parameters of unnamed nodes count for the next named layer.
  private func table(_ graph: FeatureGraph, runBy: (String) -> String) -> String {
    var (rows, waiting) = ([[String]](), 0)
    for (node, shape) in zip(graph.nodes, graph.shapes) {
      waiting += node.parameterCount
      guard graph.names.contains(node.name) else { continue }
      let own = waiting
      waiting = 0
      rows.append([
        node.name, "\(shape)", Self.count(own), own > 0 ? Self.count(shape.count) : "", runBy(node.name),
      ])
    }
    rows.append(["all", "", Self.count(graph.parameterCount), Self.count(graph.neuronCount), ""])
    var layout = ColumnLayout(
      [("layer", false), ("output", true), ("parameters", true), ("neurons", true), ("run by", false)].map {
        ColumnLayout.Column(title: $0, isNumber: $1)
      }, least: [0, 13, 12, 9, 0], available: TerminalWidth.output)
    for row in rows { layout.measure(row) }
    var text = layout.heads()
    for row in rows { text += layout.text(of: row) }
    let values = graph.shapes.reduce(graph.input.count) { $0 + $1.count }
    return "input \(graph.input)\n" + text.replacingOccurrences(of: " +\n", with: "\n", options: .regularExpression)
      + String(
        format: "in floats: %.1f MB of parameters, %.1f MB of activations per picture\n",
        Double(graph.parameterCount) * 4e-6,
        Double(values) * 4e-6)
  }

  /// A count with commas between thousands; empty for 0.
  private static func count(_ number: Int) -> String { number == 0 ? "" : grouped(number) }
}
