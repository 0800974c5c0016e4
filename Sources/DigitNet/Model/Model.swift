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
  /// What one pixel of a box's side is counted in, such as 16. Logits are counted in ``Sigmoid/unit``.
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
    guard let text = metadata["detector"],
      let units = try? JSONDecoder().decode([String: Double].self, from: Data(text.utf8)),
      let stride = units["stride"].flatMap(Int.init(exactly:)), 1...64 ~= stride,
      units["logit_unit"] == Double(Sigmoid.unit),
      let sideUnit = units["side_unit"].flatMap(Int.init(exactly:)), 1...1024 ~= sideUnit,
      Model.channels(layers).last == Model.outputs
    else { throw ModelError(.malformed, "The model doesn't say how its outputs are to be read") }
    (self.stride, self.sideUnit) = (stride, sideUnit)
  }

  /// A network from layers made by hand; each must fit its inputs.
  public init(name: String, layers: [Layer], stride: Int) {
    self.name = name
    self.layers = layers
    self.stride = stride
    metadata = [:]
    sideUnit = 16
  }

  /// Channels of the picture (at index 0) and of each layer's output.
  public var channels: [Int] { Model.channels(layers) }

  private static func channels(_ layers: [Layer]) -> [Int] {
    layers.reduce(into: [Image.channels]) { channels, layer in
      if case .convolution(let convolution) = layer.operation {
        channels.append(convolution.outputChannels)
      } else {
        channels.append(channels[layer.inputs[0]])
      }
    }
  }
}
