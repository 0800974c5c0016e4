extension FeatureGraph {
  /// How the backward pass treats a rectifier.
  public enum Rule: Sendable, Hashable {
    /// The derivative: the gradient passes where the rectifier's output was positive.
    case derivative
    /// The deconvolution of Zeiler and Fergus (2014): the gradient passes where the gradient itself is positive.
    case deconvolution
  }

  /// The outputs of the nodes for a batch of pictures, up to node `last`.
  public func values(for pictures: Tensor, upTo last: Int? = nil) -> [Tensor] {
    precondition(pictures.shape == input, "The graph takes \(input), not \(pictures.shape)")
    var values: [Tensor] = []
    for node in nodes[...(last ?? nodes.count - 1)] {
      let inputs = node.inputs.map { $0 == 0 ? pictures : values[$0 - 1] }
      switch node.operation {
      case .layer(let layer): values.append(layer.output(of: inputs[0], node.parameters[...], .inference))
      case .sum(let limit):
        var sum = inputs[0]
        FeatureGraph.forEachPair(sum, inputs[1]) { sum.values[$0] = min(sum.values[$0] + inputs[1].values[$1], limit) }
        values.append(sum)
      }
    }
    return values
  }

  /// The output of one node.
  public func output(of node: Int, for pictures: Tensor) -> Tensor {
    values(for: pictures, upTo: node)[node]
  }

  /// The derivative, by the pictures, of the sum of a node's outputs weighted by `gradient`. `values` are the outputs
  /// of the nodes for these pictures, at least up to the node.
  public func gradient(
    of node: Int, _ gradient: Tensor, at values: [Tensor], _ pictures: Tensor, rule: Rule = .derivative
  ) -> Tensor {
    var gradients = [Tensor?](repeating: nil, count: node + 2)
    gradients[node + 1] = gradient
    func add(_ part: Tensor, to place: Int) {
      guard var sum = gradients[place] else { return gradients[place] = part }
      for index in sum.values.indices { sum.values[index] += part.values[index] }
      gradients[place] = sum
    }
    for place in (0...node).reversed() {
      guard let gradient = gradients[place + 1] else { continue }
      gradients[place + 1] = nil
      let (node, inputs) = (nodes[place], nodes[place].inputs.map { $0 == 0 ? pictures : values[$0 - 1] })
      switch node.operation {
      case .layer where rule == .deconvolution && node.isRectifier:
        let kept = gradient.values.map { max($0, 0) }
        add(Tensor(images: gradient.images, shape: gradient.shape, values: kept), to: node.inputs[0])
      case .layer(let layer):
        let point = LayerPoint(input: inputs[0], output: values[place], mode: .inference)
        add(layer.pullback(of: gradient, at: point, node.parameters[...]), to: node.inputs[0])
      case .sum(let limit):
        var first = gradient
        if rule == .derivative {
          for index in first.values.indices where values[place].values[index] >= limit { first.values[index] = 0 }
        }
        var second = Tensor(images: inputs[1].images, shape: inputs[1].shape)
        FeatureGraph.forEachPair(first, second) { second.values[$1] = first.values[$0] }
        add(first, to: node.inputs[0])
        add(second, to: node.inputs[1])
      }
    }
    return gradients[0] ?? Tensor(images: pictures.images, shape: pictures.shape)
  }

  /// Calls `body` with the indices of the values in the same cell of two tensors, of which the second may be larger.
  private static func forEachPair(_ first: Tensor, _ second: Tensor, _ body: (Int, Int) -> Void) {
    let count = first.shape.columns * first.shape.channels
    for image in 0..<first.images {
      for row in 0..<first.shape.rows {
        let from = first.index(image: image, row: row, column: 0)
        let to = second.index(image: image, row: row, column: 0)
        for place in 0..<count { body(from + place, to + place) }
      }
    }
  }
}

extension FeatureGraph.Node {
  /// Whether the node is a rectifier: a ReLU, with or without a ceiling.
  var isRectifier: Bool {
    guard case .layer(let layer) = operation else { return false }
    return layer is ClippingLayer || (layer as? ActivationLayer)?.function == .relu
  }
}
