import Foundation

/// A trained model: the network that finds digits, those that read candidates, and how their outputs are to be read.
public struct Model: Sendable {
  /// The name that its trainer gave it.
  public let name: String
  /// Finds digits: ``outputs`` channels at each cell.
  public let detector: Network
  /// What one pixel of a box's side is counted in, such as 16. Logits are counted in ``Sigmoid/unit``.
  public let sideUnit: Int
  /// Read a candidate's crop: ``classes`` channels for each of its columns. What they say is averaged; none in a
  /// model that only finds digits.
  public let recognisers: [Network]
  /// Says where a digit could be: one channel, a logit in ``Sigmoid/unit``, for each block of the picture; and the least logit
  /// where the detector is to look. Nil in a model whose detector looks everywhere.
  public let gate: (network: Network, threshold: Int)?
  /// All strings of the file's metadata: training's provenance, calibration.
  public let metadata: [String: String]

  /// Outputs of the detector: ten logits, then the distances to the box's left, top, right and bottom.
  public static let outputs = 14

  /// Outputs of a recogniser: ten digits, and none of them.
  public static let classes = 11

  /// Reads a model from the bytes of its file. Costs a copy of the weights.
  public init(file: [UInt8]) throws(ModelError) {
    let tensors = try Safetensors(file)
    metadata = tensors.metadata
    guard metadata["format"] == "streetnum", metadata["format_version"] == "2", let graph = metadata["detector_graph"]
    else {
      throw ModelError(
        .notStreetnum,
        "The file is not a model for streetnum, or one of an unknown version; scripts/train makes one")
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
    else { throw ModelError(.malformed, "The model doesn't say how its outputs are to be read") }
    self.sideUnit = sideUnit
  }

  /// A model of a detector made by hand.
  public init(name: String, detector: Network, sideUnit: Int = 16) {
    self.name = name
    self.detector = detector
    self.sideUnit = sideUnit
    recognisers = []
    gate = nil
    metadata = [:]
  }

  /// The networks "recogniser", "recogniser_2", "recogniser_3" and so on, as many as there are.
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
    else { throw ModelError(.malformed, "The model doesn't say how its gate's outputs are to be read") }
    return (network, threshold)
  }
}
