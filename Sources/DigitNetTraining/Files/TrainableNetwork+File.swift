import DigitNet
import Foundation

extension TrainableNetwork {
  package static let format = "streetnum-network"

  /// Reads a network from the bytes of its file, a safetensors file: its layers from the metadata, its numbers from the tensors.
  public init(file: [UInt8]) throws(TrainingError) {
    let tensors: Safetensors
    do {
      tensors = try Safetensors(file)
    } catch {
      throw TrainingError(.network, "The file is not a whole safetensors file; `streetnum learn mnist -o` writes one")
    }
    guard tensors.metadata["format"] == Self.format, tensors.metadata["format_version"] == "1",
      let input = tensors.metadata["input"], let layers = tensors.metadata["layers"]
    else {
      throw TrainingError(
        .network,
        tensors.metadata["format"] == "streetnum"
          ? "The file is a model that reads house numbers, not a network that `streetnum learn mnist` trained"
          : "The file is not a network that streetnum trained, or of a version that this program doesn't know")
    }
    try self.init(input: Self.decoded(Shape.self, input), layers: Self.decoded([AnyLayer].self, layers).map(\.layer))
    for layer in self.layers.indices {
      for place in ranges[layer] {
        parameters[place].values = try Self.numbers(parameters[place], named: name(of: place, in: layer), tensors)
      }
    }
  }

  /// The bytes of its file, with what else is to be known about it.
  public func file(metadata: [String: String] = [:]) throws(TrainingError) -> [UInt8] {
    var tensors: [String: Safetensors.Tensor] = [:]
    for layer in layers.indices {
      guard !AnyLayer(layers[layer]).name.isEmpty else {
        throw TrainingError(.network, "Layer \(layer) is of a kind that no file can hold")
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
        .network, "The network's layers need a tensor \(name) of F32 \(parameter.shape), and the file has \(found)")
    }
    guard values.allSatisfy(\.isFinite) else {
      throw TrainingError(.network, "The network's tensor \(name) holds numbers that are not finite; train it again")
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
      throw TrainingError(.network, "The network's list of layers can't be read")
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
