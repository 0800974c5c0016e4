import CDigitKernels

/// Slides a network over a picture row by row: as rows arrive, each layer keeps only those that its window needs and
/// hands a finished row down at once, so that memory is flat in the picture's height.
///
/// The outputs equal those of ``Reference`` to the last bit, for any kernels and any split into ranges of rows.
public struct Engine: Sendable {
  /// The network.
  public let network: Network
  /// The kernels that run it.
  public let kernels: Kernels

  let packed: [PackedConvolution?]
  /// Channels of each value (0 is the picture), padded to what the kernels want.
  let channels: [Int]
  /// Columns of zeros on each side of each value.
  let padding: [Int]
  /// Rows of each value that must be kept at once.
  let capacity: [Int]

  /// Packs the weights. Knows convolutions that end in `relu` (and `none` at the output), additions and enlargements;
  /// throws `model.unsupported` for a network with other layers, which ``Reference`` runs.
  public init(network: Network, kernels: Kernels) throws(ModelError) {
    self.network = network
    self.kernels = kernels
    guard RowSchedule.fits(network.layers) else {
      throw ModelError(
        .unsupported,
        "The engine knows sums of maps of one stride, of which the second covers the first; the model has others")
    }
    let group = DIGIT_CHANNEL_GROUP
    var channels = [4]
    var packed: [PackedConvolution?] = []
    var padding = Array(repeating: 0, count: network.layers.count + 1)
    for (i, layer) in network.layers.enumerated() {
      let last = i == network.layers.count - 1
      switch layer.operation {
      case .convolution(let convolution)
      where convolution.activation == (last ? .none : .relu)
        && convolution.window.columns * channels[layer.inputs[0]] % 4 == 0:
        packed.append(PackedConvolution(convolution, inputChannels: channels[layer.inputs[0]]))
        channels.append((convolution.outputChannels + group - 1) / group * group)
        padding[layer.inputs[0]] = max(padding[layer.inputs[0]], convolution.window.padding)
      case .enlarge where !last, .add where !last:
        packed.append(nil)
        channels.append(channels[layer.inputs[0]])
      default:
        throw ModelError(
          .unsupported,
          "The engine knows convolutions with relu, additions and enlargements; layer \(layer.name) of the model is none"
        )
      }
    }
    (self.packed, self.channels, self.padding) = (packed, channels, padding)
    capacity = RowSchedule.capacities(network.layers)
  }

  /// Output cells along a side of `length` pixels, which windows measure by their `rows` (a height) or `columns` (a width).
  public func cells(along length: Int, _ side: KeyPath<Layer.Window, Int> = \.rows) -> Int {
    RowSchedule.lengths(network.layers, length, along: side)[network.layers.count]
  }

  /// The receptive field: how far, in pixels, the inputs of output cell 0 reach before and after the cell's first pixel,
  /// and how far a shift has to be so that it shifts the outputs and changes nothing else.
  public var receptiveField: (before: Int, after: Int, period: Int) { RowSchedule.receptiveField(network.layers) }
}
