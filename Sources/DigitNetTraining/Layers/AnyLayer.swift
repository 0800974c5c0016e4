/// A layer of any kind, encoded with the kind's name, as in a network's file.
struct AnyLayer: Codable {
  let layer: any TrainableLayer

  private static let kinds: [(name: String, type: any TrainableLayer.Type)] = [
    ("convolution", ConvolutionLayer.self), ("dense", DenseLayer.self), ("pooling", PoolingLayer.self),
    ("activation", ActivationLayer.self), ("response_normalisation", ResponseNormalisationLayer.self),
    ("dropout", DropoutLayer.self),
  ]

  private enum CodingKeys: String, CodingKey { case operation }

  init(_ layer: any TrainableLayer) { self.layer = layer }

  /// The name of the kind; empty for a layer type of another program, which can't be written to a file.
  var name: String { AnyLayer.kinds.first { $0.type == type(of: layer) }?.name ?? "" }

  init(from decoder: any Decoder) throws {
    let name = try decoder.container(keyedBy: CodingKeys.self).decode(String.self, forKey: .operation)
    guard let kind = AnyLayer.kinds.first(where: { $0.name == name }) else {
      throw TrainingError(.network, "The file has a layer of the unknown kind \(name)")
    }
    layer = try kind.type.init(from: decoder)
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(name, forKey: .operation)
    try layer.encode(to: encoder)
  }
}
