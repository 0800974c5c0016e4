import Foundation

/// The list of layers in a model file's metadata, without weights.
struct Graph {
  private struct Entry: Decodable {
    var name, operation: String
    var inputs: [String]
    var channels, rows, columns, stride, padding, factor: Int?
    var activation: String?
  }

  private let entries: [Entry]
  private let prefix: String

  /// Far more layers than any real network has; the engine recurses once per layer, so its stack grows with them.
  private static let maximumLayers = 1_000

  /// The maximum rows or columns of a window.
  private static let maximumWindow = 64

  /// `prefix` is the prefix of the names of the network's tensors.
  init(_ json: String, prefix: String = "") throws(ModelError) {
    guard let entries = try? JSONDecoder().decode([Entry].self, from: Data(json.utf8)),
      1...Graph.maximumLayers ~= entries.count
    else {
      throw ModelError(.malformed, "The model's list of layers is malformed")
    }
    self.entries = entries
    self.prefix = prefix
  }

  /// Builds the network: reads the weights of each layer and checks that the layer fits its inputs.
  func network(_ tensors: Safetensors) throws(ModelError) -> Network {
    var index = ["image": 0]
    var channels = [Image.channels]
    var layers: [Layer] = []
    for entry in entries {
      let inputs = entry.inputs.compactMap { index[$0] }
      guard inputs.count == entry.inputs.count, inputs.count == (entry.operation == "add" ? 2 : 1) else {
        throw ModelError(
          .malformed, "Layer \(entry.name) of the model has inputs that are not outputs of earlier layers")
      }
      let operation = try operation(entry, inputs: inputs.map { channels[$0] }, tensors)
      index[entry.name] = layers.count + 1
      if case .convolution(let convolution) = operation {
        channels.append(convolution.outputChannels)
      } else {
        channels.append(channels[inputs[0]])
      }
      layers.append(Layer(name: entry.name, inputs: inputs, operation: operation))
    }
    return Network(layers: layers)
  }

  private func operation(
    _ entry: Entry, inputs: [Int], _ tensors: Safetensors
  ) throws(ModelError) -> Layer.Operation {
    let sizes = 1...Graph.maximumWindow
    let window = Layer.Window(
      rows: entry.rows ?? 1, columns: entry.columns ?? 1, stride: entry.stride ?? 1, padding: entry.padding ?? 0)
    guard sizes ~= window.rows, sizes ~= window.columns, sizes ~= window.stride,
      (0..<min(window.rows, window.columns)) ~= window.padding
    else {
      throw ModelError(.malformed, "Layer \(entry.name) of the model has an invalid window, stride or padding")
    }
    switch entry.operation {
    case "convolution":
      guard let outputs = entry.channels, (1...65_536) ~= outputs,
        let activation = Layer.Activation(rawValue: entry.activation ?? "none")
      else {
        throw ModelError(
          .malformed, "Layer \(entry.name) of the model has no valid channel count or activation function")
      }
      // With this bound, sums of products of 7-bit and 8-bit integers, plus the bias, fit 32 bits.
      guard window.rows * window.columns * inputs[0] <= 60_000 else {
        throw ModelError(.malformed, "Layer \(entry.name) of the model has a window with too many inputs")
      }
      let shape = [outputs, window.rows, window.columns, inputs[0]]
      let convolution = Layer.Convolution(
        window: window, inputChannels: inputs[0], outputChannels: outputs,
        weights: try tensors.numbers("\(prefix)\(entry.name).weight", type: "I8", shape: shape, size: 1) {
          Int8(truncatingIfNeeded: $0)
        },
        bias: try tensors.numbers("\(prefix)\(entry.name).bias", type: "I32", shape: [outputs], size: 4) {
          Int32(bitPattern: $0)
        },
        multiplier: try tensors.numbers(
          "\(prefix)\(entry.name).multiplier", type: "F32", shape: [outputs], size: 4, Float.init(bitPattern:)),
        activation: activation)
      guard convolution.bias.allSatisfy({ $0.magnitude <= 1 << 30 }),
        convolution.multiplier.allSatisfy({ $0.isFinite && $0 >= 0 })
      else { throw ModelError(.malformed, "Layer \(entry.name) of the model has a bias or multiplier out of range") }
      return .convolution(convolution)
    case "maximum_pooling": return .maximumPooling(window)
    case "average_pooling": return .averagePooling(window)
    case "enlarge" where (1...64) ~= entry.factor ?? 0: return .enlarge(factor: entry.factor ?? 1)
    case "add" where inputs[0] == inputs[1]: return .add
    default:
      throw ModelError(
        .malformed, "Layer \(entry.name) of the model has the unknown operation \(entry.operation)")
    }
  }
}
