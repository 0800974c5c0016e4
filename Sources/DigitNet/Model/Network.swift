/// A network: layers that compute one value each, from the picture to the output.
public struct Network: Sendable {
  /// The layers, each after its inputs; the last one is the output.
  public let layers: [Layer]
  /// Pixels of the picture between neighbouring outputs; 0 where the layers' strides don't agree.
  public let stride: Int

  /// A network from layers; each must fit its inputs.
  public init(layers: [Layer]) {
    self.layers = layers
    stride = Step.strides(layers.map(Step.init))?.last ?? 0
  }

  /// Channels of the picture (at index 0) and of each layer's output.
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
