/// A network: a sequence of layers, each with one output, from the picture to the network's output.
public struct Network: Sendable {
  /// The layers, each after its inputs; the last is the output.
  public let layers: [Layer]
  /// The stride of the output in pixels of the picture; 0 if the layers' strides are inconsistent.
  public let stride: Int

  /// A network from layers; each must fit its inputs.
  public init(layers: [Layer]) {
    self.layers = layers
    stride = Step.strides(layers.map(Step.init))?.last ?? 0
  }

  /// The channels of the picture (at index 0) and of each layer's output.
  public var channels: [Int] {
    layers.reduce(into: [Image.channels]) { channels, layer in
      if case .convolution(let convolution) = layer.operation {
        channels.append(convolution.outputChannels)
      } else {
        channels.append(channels[layer.inputs[0]])
      }
    }
  }
}
