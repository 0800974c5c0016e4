import ArgumentParser
import DigitNet
import DigitNetWeights
import Foundation
import Pipeline

/// Writes the shipped networks, a part of each of some pictures, and what the portable kernels make of it, for a processor on which
/// this package is not built: scripts/arm/networks_test.c runs the same there and compares.
///
/// Numbers are of 32 bits, little-endian. Each trace is a network's count of layers, the layers, the picture's width and height, its
/// pixels, the outputs' rows, columns and channels, and the outputs. A layer is its kind (0 a convolution, 1 an enlargement, 2 an
/// addition), its inputs (the second of them 0 where it has one), and a convolution's rows, columns, stride, padding, channels in
/// and out and whether it has a ReLU, with its weights (bytes), biases and multipliers; or an enlargement's factor.
@main
struct NetworkTrace: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "NetworkTrace", abstract: "Writes what the networks make of pictures.")

  @Argument(help: "PNG or JPEG files.") var pictures: [String]
  @Option(help: "The file to write.") var out: String

  /// Of the parts that are looked at: a part for the detector and the gate, and one as high as a crop.
  private static let width = 176, height = 128

  func run() throws {
    let model = try Model(file: Model.shippedFile)
    var trace = Data()
    for path in pictures {
      let image = try ImageFile(path: path, limits: ImageLimits()).image()
      let scene = NetworkTrace.middle(of: image, height: NetworkTrace.height)
      let crop = NetworkTrace.middle(of: image, height: Crop.height)
      for network in [model.detector] + [model.gate?.network].compactMap(\.self) {
        try trace.append(network, over: scene)
      }
      for network in model.recognisers { try trace.append(network, over: crop) }
    }
    try trace.write(to: URL(fileURLWithPath: out))
  }

  private static func middle(of image: Image, height: Int) -> Image {
    let (width, height) = (min(width, image.width), min(height, image.height))
    let (left, top) = ((image.width - width) / 2, (image.height - height) / 2)
    return image.cropped(to: Box(left: left, top: top, width: width, height: height))
  }
}

extension Data {
  fileprivate mutating func append(_ network: Network, over image: Image) throws {
    append([network.layers.count])
    for layer in network.layers { try append(layer) }
    append([image.width, image.height])
    append(contentsOf: image.pixels)
    guard let portable = Kernels.named("portable") else { return }
    let outputs = try Engine(network: network, kernels: portable).output(for: image)
    append([outputs.rows, outputs.columns, outputs.channels])
    append(outputs.values.map { Int($0) })
  }

  private mutating func append(_ layer: Layer) throws {
    let inputs = [layer.inputs[0], layer.inputs.count > 1 ? layer.inputs[1] : 0]
    switch layer.operation {
    case .convolution(let convolution):
      let window = convolution.window
      append([0] + inputs + [window.rows, window.columns, window.stride, window.padding])
      append([convolution.inputChannels, convolution.outputChannels, convolution.activation == .relu ? 1 : 0])
      append(contentsOf: convolution.weights.map { UInt8(bitPattern: $0) })
      append(convolution.bias.map { Int($0) })
      append(convolution.multiplier.map { Int(Int32(bitPattern: $0.bitPattern)) })
    case .enlarge(let factor): append([1] + inputs + [factor])
    case .add: append([2] + inputs)
    case .maximumPooling, .averagePooling:
      throw ValidationError("Layer \(layer.name) is none that the engine knows")
    }
  }

  private mutating func append(_ numbers: [Int]) {
    for number in numbers {
      Swift.withUnsafeBytes(of: Int32(truncatingIfNeeded: number).littleEndian) { append(contentsOf: $0) }
    }
  }
}
