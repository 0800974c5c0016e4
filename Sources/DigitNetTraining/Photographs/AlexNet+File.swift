import CTrainingKernels
import DigitNet

extension AlexNet {
  /// The network with weights from the bytes of a safetensors file in PyTorch's layout.
  ///
  /// PyTorch stores a convolution's weights as `[output, input, row, column]` and a dense layer's as `[output, input]`,
  /// whose inputs are ordered by channel, row and column; here, channels are innermost. The layers of 2012 are named
  /// `conv1` to `conv5` and `fc6` to `fc8`, torchvision's `features.0` and so on. Throws if the file is truncated,
  /// belongs to the other network, or has tensors of other shapes. Memory holds the file and three times its largest
  /// tensor, about 700 MB.
  public func network(file: [UInt8]) throws(TrainingError) -> TrainableNetwork {
    let tensors: Safetensors
    do {
      tensors = try Safetensors(file)
    } catch {
      throw TrainingError(
        .network, "The weights of \(rawValue) must be a safetensors file, and the file is not one, or is truncated")
    }
    try check(tensors)
    var network = try TrainableNetwork(input: input, layers: layers)
    for (layer, name) in tensorNames.enumerated() {
      let parameter = network.parameters[2 * layer]
      let outputs = parameter.shape[3]
      let (rows, columns, inputs) = (parameter.shape[0], parameter.shape[1], parameter.shape[2])
      let shape =
        layer >= AlexNet.convolutions ? [outputs, rows * columns * inputs] : [outputs, inputs, rows, columns]
      let weights = try numbers(tensors, "\(name).weight", shape)
      network.setValues(AlexNet.permuted(weights, outputs: outputs, inputs: inputs), ofParameter: 2 * layer)
      network.setValues(try numbers(tensors, "\(name).bias", [outputs]), ofParameter: 2 * layer + 1)
    }
    return network
  }

  /// The number of convolutions, which precede the dense layers.
  private static let convolutions = 5

  /// Throws if the file belongs to another network, and names that network.
  private func check(_ tensors: Safetensors) throws(TrainingError) {
    let names = Set(tensorNames.map { "\($0).weight" })
    guard names.isDisjoint(with: tensors.tensors.keys) else { return }
    for other in AlexNet.allCases where tensors.tensors.keys.contains("\(other.tensorNames[0]).weight") {
      throw TrainingError(
        .network,
        "The file has the tensors of \(other.summary), not of \(rawValue): its first layer is "
          + "\(other.tensorNames[0]), not \(tensorNames[0]); name \(other.rawValue)")
    }
    let known = tensors.metadata["format"].map { ", but says that it is one of \($0)" } ?? ""
    throw TrainingError(
      .network, "The file has no tensor \(tensorNames[0]).weight\(known): it does not hold the weights of \(summary)")
  }

  private func numbers(_ tensors: Safetensors, _ name: String, _ shape: [Int]) throws(TrainingError) -> [Float] {
    let count = shape.reduce(1, *)
    guard let tensor = tensors.tensors[name], tensor.type == "F32", tensor.shape == shape,
      tensor.bytes.count == 4 * count
    else {
      let found = tensors.tensors[name].map { "one of \($0.type) \($0.shape)" } ?? "none"
      throw TrainingError(
        .network, "\(rawValue) needs a tensor \(name) of type F32 and shape \(shape), but the file has \(found)")
    }
    var values = [Float](repeating: 0, count: count)
    training_read_floats(Array(tensor.bytes), count, &values)
    guard values.allSatisfy(\.isFinite) else {
      throw TrainingError(.network, "The tensor \(name) contains infinity or NaN; download the file again")
    }
    return values
  }

  /// Permutes weights from `[output][input][cell]` to `[cell][input][output]`.
  private static func permuted(_ weights: [Float], outputs: Int, inputs: Int) -> [Float] {
    let cells = weights.count / (outputs * inputs)
    let columns = transposed(weights, columns: inputs * cells)
    guard cells > 1, inputs > 1 else { return columns }
    var result: [Float] = []
    result.reserveCapacity(weights.count)
    for cell in 0..<cells {
      for input in 0..<inputs {
        let first = (input * cells + cell) * outputs
        result += columns[first..<first + outputs]
      }
    }
    return result
  }
}
