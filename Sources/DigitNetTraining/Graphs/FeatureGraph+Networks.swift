public import DigitNet

extension FeatureGraph {
  /// A graph of a trained network; layers are named by kind and numbered: `dense1`, `sigmoid1`, `dense2` and so on.
  public init(_ network: TrainableNetwork) throws(TrainingError) {
    var counts: [String: Int] = [:]
    let nodes = network.layers.enumerated().map { place, layer in
      let kind = (layer as? ActivationLayer)?.function.rawValue ?? AnyLayer(layer).name
      counts[kind, default: 0] += 1
      var node = Node("\(kind)\(counts[kind] ?? 0)", inputs: [place], .layer(layer))
      node.parameters = Array(network.parameters[network.ranges[place]])
      return node
    }
    try self.init(input: network.input, nodes: nodes)
  }

  /// A floating-point copy of an 8-bit network. It computes the same except for rounding: given the same inputs, each
  /// layer's output differs from the network's by half a unit at most.
  ///
  /// Values are in the network's own units: 0 to 127 in the picture and in hidden layers, logits in 1/256. The graph
  /// takes pictures of the given size. Throws if the network does not fit that size, or ends in probabilities.
  public init(copying network: Network, input: ImageSize) throws(TrainingError) {
    var (nodes, index): ([Node], [Int]) = ([], [0])
    for layer in network.layers {
      let inputs = layer.inputs.map { index[$0] }
      switch layer.operation {
      case .convolution(let convolution):
        let window = convolution.window
        let stencil = ConvolutionLayer(
          filters: convolution.outputChannels, rows: window.rows, columns: window.columns, stride: window.stride,
          padding: window.padding)
        let isOutput = convolution.activation == .none
        guard isOutput || convolution.activation == .relu else {
          throw TrainingError(
            .shape, "Layer \(layer.name) ends in probabilities; only networks that end in logits can be copied")
        }
        var node = Node(isOutput ? layer.name : "\(layer.name).sums", inputs: inputs, .layer(stencil))
        node.parameters = FeatureGraph.parameters(of: convolution, stencil)
        nodes.append(node)
        if isOutput { break }
        nodes.append(Node(layer.name, inputs: [nodes.count], .layer(ClippingLayer(top: FeatureGraph.top))))
      case .maximumPooling(let window):
        nodes.append(Node(layer.name, inputs: inputs, .layer(PoolingLayer(.maximum, window))))
      case .averagePooling(let window):
        nodes.append(Node(layer.name, inputs: inputs, .layer(PoolingLayer(.average, window))))
      case .enlarge(let factor):
        nodes.append(Node(layer.name, inputs: inputs, .layer(EnlargementLayer(factor: factor))))
      case .add: nodes.append(Node(layer.name, inputs: inputs, .sum(limit: FeatureGraph.top)))
      }
      index.append(nodes.count)
    }
    try self.init(
      input: Shape(rows: input.height, columns: input.width, channels: Image.channels), nodes: nodes)
  }

  /// The largest 7-bit value.
  public static let top: Float = 127

  /// Weights and biases as floats, scaled by the requantisation factor of each channel.
  private static func parameters(of convolution: Layer.Convolution, _ stencil: ConvolutionLayer) -> [Parameter] {
    let inputs = convolution.inputChannels
    var parameters = stencil.parameters(for: Shape(channels: inputs))
    let count = convolution.window.rows * convolution.window.columns * inputs
    for (output, multiplier) in convolution.multiplier.enumerated() {
      for place in 0..<count {
        parameters[0].values[place * convolution.outputChannels + output] =
          Float(convolution.weights[output * count + place]) * multiplier
      }
      parameters[1].values[output] = Float(convolution.bias[output]) * multiplier
    }
    return parameters
  }
}

extension PoolingLayer {
  fileprivate init(_ kind: Kind, _ window: Layer.Window) {
    self.init(kind, size: window.rows, stride: window.stride, padding: window.padding)
    columns = window.columns
  }
}

extension Tensor {
  /// A picture as the input of an 8-bit network: the upper 7 of the 8 bits of each channel.
  public init(bitsOf picture: Image) {
    self.init(
      images: 1, shape: Shape(rows: picture.height, columns: picture.width, channels: Image.channels),
      values: picture.pixels.map { Float($0 >> 1) })
  }
}
