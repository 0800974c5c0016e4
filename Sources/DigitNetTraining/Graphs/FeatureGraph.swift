import DigitNet

/// A network of any kind as a graph of named floating-point nodes, whose outputs can be inspected and differentiated by
/// the picture.
///
/// Networks trained here, AlexNet and copies of the 8-bit networks can become graphs. A graph takes pictures of one
/// size; ``resized(to:)`` returns a graph for another size.
public struct FeatureGraph: Sendable {
  /// One node of the graph.
  public struct Node: Sendable {
    /// The operation of a node.
    enum Operation: Sendable {
      /// A layer with one input.
      case layer(any TrainableLayer)
      /// The sum of two values, at most `limit`. The result has the size of the first.
      case sum(limit: Float)
    }

    /// The name. Pre-activations of a layer have the layer's name followed by `.sums`.
    public let name: String
    /// The inputs: 0 is the picture and `n + 1` the output of node `n`; a node's inputs precede it.
    public let inputs: [Int]
    let operation: Operation
    /// The weights and biases.
    public internal(set) var parameters: [Parameter] = []

    init(_ name: String, inputs: [Int], _ operation: Operation) {
      (self.name, self.inputs, self.operation) = (name, inputs, operation)
    }

    /// The number of parameters.
    public var parameterCount: Int { parameters.reduce(0) { $0 + $1.values.count } }
  }

  /// The size of the pictures.
  public let input: Shape
  /// The nodes, each after its inputs; the last is the output.
  public let nodes: [Node]
  /// The size of each node's output.
  public let shapes: [Shape]

  /// Throws if a node does not fit its inputs.
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
          throw TrainingError(
            .shape,
            "Layer \(node.name) adds \(second) to \(first), but the second input must be at least as large as the first"
          )
        }
        shapes.append(first)
      }
    }
    (self.input, self.nodes, self.shapes) = (input, nodes, Array(shapes.dropFirst()))
  }

  /// The same network for pictures of another size; throws if its layers do not fit that size.
  public func resized(to size: Shape) throws(TrainingError) -> FeatureGraph {
    guard size != input else { return self }
    guard !isOfOneSize else {
      throw TrainingError(.shape, "The network takes only pictures of \(input), and this one is \(size)")
    }
    return try FeatureGraph(input: size, nodes: nodes)
  }

  /// Whether the network takes pictures of one size only, because it has a dense layer.
  public var isOfOneSize: Bool {
    nodes.contains { node in
      if case .layer(let layer) = node.operation { return layer is DenseLayer }
      return false
    }
  }

  /// The same network with new random weights, as before training. What such a network shows has not been learned.
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

  /// The number of parameters of all nodes.
  public var parameterCount: Int { nodes.reduce(0) { $0 + $1.parameterCount } }

  /// The number of outputs, for one picture, of all nodes that have weights: what papers count as neurons.
  public var neuronCount: Int { zip(nodes, shapes).reduce(0) { $0 + ($1.0.parameters.isEmpty ? 0 : $1.1.count) } }

  /// The names of the layers, without those of pre-activations, which end in `.sums`.
  public var names: [String] { nodes.map(\.name).filter { !$0.hasSuffix(".sums") } }

  /// The index of a layer's node; throws `training.layer`, listing the layers, if there is none of that name.
  public func place(of name: String) throws(TrainingError) -> Int {
    guard let place = nodes.firstIndex(where: { $0.name == name }) else {
      throw TrainingError(.layer, "There is no layer \(name); the layers are \(names.joined(separator: ", "))")
    }
    return place
  }

  /// The index of the first node with weights.
  public var firstStencils: Int { nodes.firstIndex { !$0.parameters.isEmpty } ?? 0 }

  /// The index of the last node with weights: the outputs before they become probabilities.
  public var lastSums: Int { nodes.lastIndex { !$0.parameters.isEmpty } ?? nodes.count - 1 }
}
