import DigitNet

/// A network of any kind as named steps of floats: the output of each can be looked at, and a gradient runs back from it to the picture.
///
/// Networks that learned here and AlexNet become graphs, and so do copies of the 8-bit networks that read house numbers. A graph is for
/// pictures of one size; ``resized(to:)`` makes one for another size.
public struct FeatureGraph: Sendable {
  /// One step.
  public struct Node: Sendable {
    /// What a step computes.
    enum Operation: Sendable {
      /// A layer of one input.
      case layer(any TrainableLayer)
      /// The sum of two values of the first one's size, at most `limit`.
      case sum(limit: Float)
    }

    /// Its name; that of sums which are not rectified yet ends in `.sums`.
    public let name: String
    /// Where its inputs come from: 0 is the picture, `n + 1` the output of node `n`; always an earlier value.
    public let inputs: [Int]
    let operation: Operation
    /// Its weights and biases.
    public internal(set) var parameters: [Parameter] = []

    init(_ name: String, inputs: [Int], _ operation: Operation) {
      (self.name, self.inputs, self.operation) = (name, inputs, operation)
    }

    /// How many numbers it has.
    public var parameterCount: Int { parameters.reduce(0) { $0 + $1.values.count } }
  }

  /// The size of the pictures that it takes.
  public let input: Shape
  /// The steps, each after its inputs; the last one is the output.
  public let nodes: [Node]
  /// The size of each node's output.
  public let shapes: [Shape]

  /// Throws where a step does not fit its inputs.
  init(input: Shape, nodes: [Node]) throws(TrainingError) {
    var shapes = [input]
    for node in nodes {
      switch node.operation {
      case .layer(let layer):
        do {
          shapes.append(try layer.outputShape(of: shapes[node.inputs[0]]))
        } catch {
          throw TrainingError(error.code, "Layer \(node.name) doesn't fit: \(error.message)")
        }
      case .sum:
        let (first, second) = (shapes[node.inputs[0]], shapes[node.inputs[1]])
        guard first.channels == second.channels, first.rows <= second.rows, first.columns <= second.columns else {
          throw TrainingError(.shape, "Layer \(node.name) adds \(second) to \(first), which it doesn't cover")
        }
        shapes.append(first)
      }
    }
    (self.input, self.nodes, self.shapes) = (input, nodes, Array(shapes.dropFirst()))
  }

  /// The same steps for pictures of another size; throws where they do not fit it.
  public func resized(to size: Shape) throws(TrainingError) -> FeatureGraph {
    guard size != input else { return self }
    guard !isOfOneSize else {
      throw TrainingError(.shape, "The network takes pictures of \(input) alone, and this one is \(size)")
    }
    return try FeatureGraph(input: size, nodes: nodes)
  }

  /// Whether a dense layer ties it to pictures of one size.
  public var isOfOneSize: Bool {
    nodes.contains { node in
      if case .layer(let layer) = node.operation { return layer is DenseLayer }
      return false
    }
  }

  /// The same steps with weights that were drawn anew, as before learning: what such a network shows, none has learned.
  public func randomised(seed: UInt64) -> FeatureGraph {
    var random = RandomSource(seed: seed)
    let drawn = nodes.map { node in
      var node = node
      for place in node.parameters.indices { Initialisation.rectifying.draw(&node.parameters[place], &random) }
      return node
    }
    return FeatureGraph(self, nodes: drawn)
  }

  private init(_ other: FeatureGraph, nodes: [Node]) {
    (input, self.nodes, shapes) = (other.input, nodes, other.shapes)
  }

  /// How many numbers the steps have.
  public var parameterCount: Int { nodes.reduce(0) { $0 + $1.parameterCount } }

  /// Outputs of the steps that have weights, for one picture: what papers count as neurons.
  public var neuronCount: Int { zip(nodes, shapes).reduce(0) { $0 + ($1.0.parameters.isEmpty ? 0 : $1.1.count) } }

  /// The names of the layers; each layer of an 8-bit network has sums before it, of its name and `.sums`.
  public var names: [String] { nodes.map(\.name).filter { !$0.hasSuffix(".sums") } }

  /// The place of a layer among the nodes; throws `training.layer`, with the names that there are.
  public func place(of name: String) throws(TrainingError) -> Int {
    guard let place = nodes.firstIndex(where: { $0.name == name }) else {
      throw TrainingError(.layer, "There is no layer \(name); there are \(names.joined(separator: ", "))")
    }
    return place
  }

  /// The place of the first node that has weights.
  public var firstStencils: Int { nodes.firstIndex { !$0.parameters.isEmpty } ?? 0 }

  /// The place of the last node that adds up: the outputs before they become probabilities.
  public var lastSums: Int { nodes.lastIndex { !$0.parameters.isEmpty } ?? nodes.count - 1 }
}
