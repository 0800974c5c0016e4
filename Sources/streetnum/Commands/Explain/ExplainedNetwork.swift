import DigitNet
import DigitNetTraining
import Foundation
import Pipeline

/// A network to be explained, with the conversion of a photograph to its input.
struct ExplainedNetwork {
  /// The kind of network.
  enum Kind {
    /// A network that slides over a whole photograph: the gate or the detector.
    case stencil(Network)
    /// A network that reads the crop of a number.
    case recogniser(Network)
    /// A network that `learn mnist` trained.
    case learned(FeatureGraph)
    /// AlexNet with the user's weights.
    case alexNet(AlexNet, FeatureGraph)
  }

  /// The input of the network, as a picture and as its values.
  struct View {
    let picture: Image
    let numbers: Tensor
  }

  let name: String
  let kind: Kind
  /// The reader of the model that an 8-bit network belongs to.
  let reader: NumberReader?

  /// The longer side, in pixels, of a photograph over which a stencil slides.
  private static let longerSide = 480

  /// The smallest shorter side of a pyramid level whose patches are shown. On smaller levels the feature's receptive
  /// field is mostly border.
  private static let minimumSide = 96

  /// Loads a network by its name or from a file; throws where there is none.
  init(name: String?, weights: String?, default usual: String, _ networks: NetworkOptions) throws {
    if let alexNet = name.flatMap(AlexNet.init(rawValue:)) {
      guard let weights else {
        throw UsageError(summary: "No weights of \(alexNet.rawValue) come with streetnum; give a file with --weights")
      }
      kind = .alexNet(alexNet, try FeatureGraph(NetworkFile(path: weights).network(alexNet)))
      (self.name, reader) = (alexNet.rawValue, nil)
    } else if let weights {
      guard name == nil else {
        throw UsageError(summary: "--weights goes with no --network, or with alexnet or torchvision-alexnet")
      }
      kind = .learned(try FeatureGraph(NetworkFile(path: weights).network()))
      (self.name, reader) = (URL(fileURLWithPath: weights).deletingPathExtension().lastPathComponent, nil)
    } else {
      let shipped = try ShippedNetwork(name: name ?? usual, model: networks.model)
      kind = shipped.isRecogniser ? .recogniser(shipped.network) : .stencil(shipped.network)
      (self.name, reader) = (shipped.name, try networks.load().1)
    }
  }

  /// The network's graph for an input of a shape.
  func graph(for shape: Shape) throws -> FeatureGraph {
    switch kind {
    case .stencil(let network), .recogniser(let network):
      try FeatureGraph(copying: network, input: ImageSize(width: shape.columns, height: shape.rows))
    case .learned(let graph), .alexNet(_, let graph): try graph.resized(to: shape)
    }
  }

  /// A small input shape that the network accepts.
  var usualShape: Shape {
    switch kind {
    case .stencil: Shape(rows: 64, columns: 64, channels: 3)
    case .recogniser: Shape(rows: Crop.height, columns: Crop.widths[0], channels: 3)
    case .learned(let graph), .alexNet(_, let graph): graph.input
    }
  }

  /// The network's view of a photograph. A recogniser sees the crop of `number`, or of the number with the highest
  /// confidence where none is named.
  func view(of photograph: Image, path: String, number: String? = nil) throws -> View {
    switch kind {
    case .stencil:
      let whole = Box(left: 0, top: 0, width: photograph.width, height: photograph.height)
      let size = photograph.size.reduced(toLongerSide: Self.longerSide)
      return view(photograph.scaled(whole, to: size))
    case .recogniser:
      let numbers = reader?.numbers(in: photograph, threads: ProcessInfo.processInfo.activeProcessorCount) ?? []
      guard let found = numbers.first(where: { number == nil || $0.text == number }) else {
        let others = numbers.prefix(5).map(\.text).joined(separator: ", ")
        throw UsageError(
          summary: "\(path): No \(number.map { "number \(printable($0))" } ?? "number") is read in it"
            + (others.isEmpty ? "" : ", but \(others)"))
      }
      return view(Crop(around: found.digits.map(\.box)).pixels(of: photograph))
    case .learned(let graph):
      let shape = graph.input
      guard shape.channels == 1 else {
        throw UsageError(summary: "The network takes \(shape); one that `learn mnist` trained takes grey pictures")
      }
      let small = photograph.resampled(to: ImageSize(width: shape.columns, height: shape.rows))
      let ink = Tensor(inkOf: small)
      return View(picture: Self.picture(ink, top: 1), numbers: ink)
    case .alexNet(let network, _):
      let seen = network.view(of: photograph)
      return View(picture: seen, numbers: network.numbers(of: seen))
    }
  }

  /// The views of a photograph at all scales at which the network sees it.
  func views(of photograph: Image, path: String) throws -> [View] {
    switch kind {
    case .stencil:
      Pyramid(photograph, enlarged: false).filter { min($0.image.width, $0.image.height) >= Self.minimumSide }
        .map { view($0.image) }
    case .recogniser:
      reader?.numbers(in: photograph, threads: ProcessInfo.processInfo.activeProcessorCount)
        .map { view(Crop(around: $0.digits.map(\.box)).pixels(of: photograph)) } ?? []
    case .learned, .alexNet: [try view(of: photograph, path: path)]
    }
  }

  private func view(_ picture: Image) -> View { View(picture: picture, numbers: Tensor(bitsOf: picture)) }

  /// The largest value of an input pixel; nil where the input values are not brightness.
  var top: Float? {
    switch kind {
    case .stencil, .recogniser: FeatureGraph.top
    case .learned: 1
    case .alexNet: nil
    }
  }

  /// Converts values from 0 to `top` to a picture.
  static func picture(_ numbers: Tensor, top: Float) -> Image {
    let channels = numbers.shape.channels
    let pixels = (0..<numbers.shape.cells * Image.channels).map { place -> UInt8 in
      let value = numbers.values[place / Image.channels * channels + (channels == 1 ? 0 : place % Image.channels)]
      return UInt8(min(max(value / top * 255, 0), 255).rounded())
    }
    return Image(width: numbers.shape.columns, height: numbers.shape.rows, pixels: pixels)
  }
}
