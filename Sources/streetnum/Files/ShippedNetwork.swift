import DigitNet
import DigitNetTraining
import DigitNetWeights
import Pipeline

/// One of a model's 8-bit networks, by name.
struct ShippedNetwork {
  let name: String
  let network: Network
  let model: Model

  /// Loads the network from the built-in model or a model file; throws where the model has none of this name.
  init(name: String, model path: String?) throws {
    model = try path.map { try LoadedModel(path: $0) }.map(\.model) ?? Model(file: Model.shippedFile)
    self.name = name
    guard let network = Self.networks(of: model).first(where: { $0.name == name })?.network else {
      throw UsageError(
        summary: "There is no network \(printable(name)); there are \(Self.names(of: model).joined(separator: ", "))")
    }
    self.network = network
  }

  private static func networks(of model: Model) -> [(name: String, network: Network)] {
    (model.gate.map { [("gate", $0.network)] } ?? []) + [("detector", model.detector)]
      + model.recognisers.enumerated().map { ($0 == 0 ? "recogniser" : "recogniser_\($0 + 1)", $1) }
  }

  /// The names of a model's networks, followed by those of float networks.
  static func names(of model: Model) -> [String] {
    networks(of: model).map(\.name) + AlexNet.allCases.map(\.rawValue) + Recipe.allCases.map(\.rawValue)
  }

  /// Whether the network reads crops of candidates.
  var isRecogniser: Bool { name.hasPrefix("recogniser") }

  /// The size of a crop or of a small photograph.
  var usualInput: ImageSize {
    isRecogniser
      ? ImageSize(width: Crop.widths[1], height: Crop.height) : ImageSize(width: 640, height: 480)
  }
}
