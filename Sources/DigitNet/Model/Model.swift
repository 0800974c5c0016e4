import CModel
import Foundation

/// A trained network: its layers and integer weights, and how its outputs are to be read.
public struct Model: Sendable {
  /// The name that its trainer gave it.
  public let name: String
  /// The layers, each after its inputs; the last one is the output.
  public let layers: [Layer]
  /// All strings of the file's metadata: training's provenance, calibration.
  public let metadata: [String: String]
  /// Pixels of a level between neighbouring outputs.
  public let stride: Int
  /// What one logit is counted in: 1/256.
  public let logitUnit: Int
  /// What one pixel of a box's side is counted in: 16.
  public let sideUnit: Int

  /// Outputs of the digit network: ten logits, then the distances to the box's left, top, right and bottom.
  public static let outputs = 14

  /// The bytes of the model that is built in.
  public static var shippedFile: [UInt8] {
    Array(UnsafeBufferPointer(start: streetnum_model_bytes(), count: streetnum_model_size()))
  }

  /// Reads a model from the bytes of its file. Costs a copy of the weights.
  public init(file: [UInt8]) throws(ModelError) {
    let tensors = try Safetensors(file)
    metadata = tensors.metadata
    guard metadata["format"] == "streetnum", metadata["format_version"] == "1", let graph = metadata["graph"] else {
      throw ModelError(
        .notStreetnum,
        "The model is not one of streetnum, or of a version that this program doesn't know; scripts/train makes one")
    }
    name = metadata["name"] ?? ""
    layers = try Graph(graph).layers(tensors)
    struct Detector: Decodable { var stride, logit_unit, side_unit: Int }
    guard let text = metadata["detector"],
      let detector = try? JSONDecoder().decode(Detector.self, from: Data(text.utf8)),
      detector.stride > 0, detector.logit_unit == Sigmoid.unit, detector.side_unit > 0
    else { throw ModelError(.malformed, "The model doesn't say how its outputs are to be read") }
    (stride, logitUnit, sideUnit) = (detector.stride, detector.logit_unit, detector.side_unit)
  }

  /// A network from layers made by hand; each must fit its inputs.
  public init(name: String, layers: [Layer], stride: Int) {
    self.name = name
    self.layers = layers
    self.stride = stride
    metadata = [:]
    logitUnit = Sigmoid.unit
    sideUnit = 16
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
