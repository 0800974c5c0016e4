import DigitNet
import Foundation

extension TrainableNetwork {
  package static let format = "streetnum-network"

  /// Reads a network from the bytes of its safetensors file: the layers from the metadata, the parameters from the
  /// tensors.
  public init(file: [UInt8]) throws(TrainingError) {
    let tensors: Safetensors
    do {
      tensors = try Safetensors(file)
    } catch {
      throw TrainingError(
        .network, "The file is not a safetensors file, or is truncated; `streetnum learn mnist -o` writes one")
    }
    guard tensors.metadata["format"] == Self.format, tensors.metadata["format_version"] == "1",
      let input = tensors.metadata["input"], let layers = tensors.metadata["layers"]
    else {
      throw TrainingError(
        .network,
        tensors.metadata["format"] == "streetnum"
          ? "The file is a model that reads house numbers, not a network that `streetnum learn mnist` trained"
          : "The file is not a network that streetnum trained, or has an unknown format version")
    }
    // A file can't hold more parameters than a quarter of its bytes, whatever its list of layers says.
    try self.init(
      input: Self.decoded(Shape.self, input), layers: Self.decoded([AnyLayer].self, layers).map(\.layer),
      maximumParameters: file.count / 4)
    for layer in self.layers.indices {
      for place in ranges[layer] {
        parameters[place].values = try Self.numbers(parameters[place], named: name(of: place, in: layer), tensors)
      }
    }
  }

  /// The bytes of the network's file, with additional metadata.
  public func file(metadata: [String: String] = [:]) throws(TrainingError) -> [UInt8] {
    var tensors: [String: Safetensors.Tensor] = [:]
    for layer in layers.indices {
      guard !AnyLayer(layers[layer]).name.isEmpty else {
        throw TrainingError(.network, "Layer \(layer) is of a kind that can't be written to a file")
      }
      for place in ranges[layer] {
        let bytes = parameters[place].values.flatMap { value in
          (0..<4).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * $0)) }
        }
        tensors[name(of: place, in: layer)] = Safetensors.Tensor(
          type: "F32", shape: parameters[place].shape, bytes: bytes[...])
      }
    }
    var all = metadata
    all["format"] = Self.format
    all["format_version"] = "1"
    all["input"] = try Self.encoded(input)
    all["layers"] = try Self.encoded(layers.map(AnyLayer.init))
    do {
      return try Safetensors(metadata: all, tensors: tensors).file
    } catch {
      throw TrainingError(.network, error.message)
    }
  }

  private func name(of place: Int, in layer: Int) -> String { "layers.\(layer).\(parameters[place].role.rawValue)" }

  private static func numbers(
    _ parameter: Parameter, named name: String, _ tensors: Safetensors
  ) throws(TrainingError) -> [Float] {
    let values: [Float]
    do {
      values = try tensors.numbers(name, type: "F32", shape: parameter.shape, size: 4, Float.init(bitPattern:))
    } catch {
      let found = tensors.tensors[name].map { "one of \($0.type) \($0.shape)" } ?? "none"
      throw TrainingError(
        .network,
        "The network needs a tensor \(name) of type F32 and shape \(parameter.shape), but the file has \(found)")
    }
    guard values.allSatisfy(\.isFinite) else {
      throw TrainingError(.network, "The network's tensor \(name) contains infinity or NaN; train the network again")
    }
    return values
  }

  private static func decoded<Value: Decodable>(
    _ type: Value.Type, _ json: String
  ) throws(TrainingError) -> Value {
    do {
      return try JSONDecoder().decode(type, from: Data(json.utf8))
    } catch let error as TrainingError {
      throw error
    } catch {
      throw TrainingError(.network, "The network's list of layers is malformed")
    }
  }

  private static func encoded(_ value: some Encodable) throws(TrainingError) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    do {
      return String(decoding: try encoder.encode(value), as: UTF8.self)
    } catch {
      throw TrainingError(.network, "The network's list of layers can't be written: \(error)")
    }
  }
}
