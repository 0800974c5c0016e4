import Foundation

/// A trained model: the detector, the gate and the recognisers, with the units of their outputs.
public struct Model: Sendable {
  /// The name given in training.
  public let name: String
  /// The detector: ``outputs`` channels per cell.
  public let detector: Network
  /// Units of the detector's box distances per pixel, such as 16. Logits are in 1/``Sigmoid/unit``.
  public let sideUnit: Int
  /// The recognisers: ``classes`` channels for each column of a candidate's crop. Their results are averaged. Empty for
  /// a model that only finds digits.
  public let recognisers: [Network]
  /// The gate: one channel, a logit in 1/``Sigmoid/unit`` that a digit is possible, for each block of the picture; and
  /// the minimum logit for which the detector runs. Nil for a model whose detector runs everywhere.
  public let gate: (network: Network, threshold: Int)?
  /// All strings of the file's metadata, such as the calibration and the origin of the training data.
  public let metadata: [String: String]

  /// Channels of the detector: ten logits, then the distances to the box's left, top, right and bottom.
  public static let outputs = 14

  /// Channels of a recogniser: ten digits and the blank.
  public static let classes = 11

  /// Reads a model from the bytes of its file; copies the weights.
  public init(file: [UInt8]) throws(ModelError) {
    let tensors = try Safetensors(file)
    metadata = tensors.metadata
    guard metadata["format"] == "streetnum", metadata["format_version"] == "2", let graph = metadata["detector_graph"]
    else {
      throw ModelError(
        .notStreetnum,
        "The file is not a model for streetnum, or has an unknown format version; scripts/train makes one")
    }
    name = metadata["name"] ?? ""
    detector = try Graph(graph, prefix: "detector.").network(tensors)
    recognisers = try Model.recognisers(tensors)
    gate = try Model.gate(tensors)
    guard let text = metadata["units"],
      let units = try? JSONDecoder().decode([String: Int].self, from: Data(text.utf8)),
      units["logit"] == Sigmoid.unit, let sideUnit = units["side"], 1...1024 ~= sideUnit,
      detector.channels.last == Model.outputs, 1...64 ~= detector.stride,
      recognisers.allSatisfy({ $0.channels.last == Model.classes && 1...16 ~= $0.stride })
    else { throw ModelError(.malformed, "The model's output units or channels are missing or invalid") }
    self.sideUnit = sideUnit
  }

  /// A model that consists of a detector only, for tests and examples.
  public init(name: String, detector: Network, sideUnit: Int = 16) {
    self.name = name
    self.detector = detector
    self.sideUnit = sideUnit
    recognisers = []
    gate = nil
    metadata = [:]
  }

  /// The networks "recogniser", "recogniser_2", "recogniser_3" and so on, up to the first missing one.
  private static func recognisers(_ tensors: Safetensors) throws(ModelError) -> [Network] {
    var networks: [Network] = []
    while true {
      let name = networks.isEmpty ? "recogniser" : "recogniser_\(networks.count + 1)"
      guard let graph = tensors.metadata["\(name)_graph"] else { return networks }
      networks.append(try Graph(graph, prefix: "\(name).").network(tensors))
    }
  }

  private static func gate(_ tensors: Safetensors) throws(ModelError) -> (network: Network, threshold: Int)? {
    guard let graph = tensors.metadata["gate_graph"] else { return nil }
    let network = try Graph(graph, prefix: "gate.").network(tensors)
    guard network.channels.last == 1, 8...64 ~= network.stride,
      let threshold = tensors.metadata["gate_threshold"].flatMap(Int.init), Int(Int16.min)...Int(Int16.max) ~= threshold
    else { throw ModelError(.malformed, "The model's gate has an invalid threshold, stride or number of channels") }
    return (network, threshold)
  }
}
