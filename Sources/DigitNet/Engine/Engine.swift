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
  let steps: [Step]
  /// Channels of each value (0 is the picture), padded to what the kernels want.
  let channels: [Int]
  /// Columns of zeros on each side of each value.
  let padding: [Int]
  /// Rows of each value that must be kept at once.
  let capacity: [Int]
  /// Pixels of the picture between neighbours in each value.
  let strides: [Int]
  /// How far around an output's pixel each value is needed, in pixels.
  let reaches: [RowSchedule.Reach]
  private let period: Int

  /// Whether the engine has kernels for a layer: convolutions that end in `relu` (and `none` at the output), additions and
  /// enlargements. ``Reference`` runs all layers.
  public static func runs(_ layer: Layer, isOutput: Bool) -> Bool {
    switch layer.operation {
    case .convolution(let convolution): convolution.activation == (isOutput ? .none : .relu)
    case .enlarge, .add: !isOutput
    case .maximumPooling, .averagePooling: false
    }
  }

  /// Packs the weights. Throws `model.unsupported` for a network with layers that the engine does not run: ``runs(_:isOutput:)``.
  public init(network: Network, kernels: Kernels) throws(ModelError) {
    self.network = network
    self.kernels = kernels
    var steps = network.layers.map(Step.init)
    guard RowSchedule.fits(steps), let strides = Step.strides(steps) else {
      throw ModelError(
        .unsupported,
        "The model's `add` needs inputs of equal stride, the second at least as large as the first")
    }
    let group = DIGIT_CHANNEL_GROUP
    var channels = [4]
    var packed: [PackedConvolution?] = []
    var padding = Array(repeating: 0, count: network.layers.count + 1)
    for (i, layer) in network.layers.enumerated() {
      let last = i == network.layers.count - 1
      switch layer.operation {
      case .convolution(let convolution) where Engine.runs(layer, isOutput: last):
        let weights = PackedConvolution(convolution, inputChannels: channels[layer.inputs[0]], kernels: kernels)
        packed.append(weights)
        if case .winograd = weights.form { steps[i].rowsAtOnce = DIGIT_WINOGRAD_SIDE }
        channels.append((convolution.outputChannels + group - 1) / group * group)
        padding[layer.inputs[0]] = max(padding[layer.inputs[0]], convolution.window.padding)
      case .enlarge where Engine.runs(layer, isOutput: last),
        .add
      where Engine.runs(layer, isOutput: last) && layer.inputs.allSatisfy({ channels[$0] == channels[layer.inputs[0]] }):
        packed.append(nil)
        channels.append(channels[layer.inputs[0]])
      default:
        throw ModelError(
          .unsupported,
          "The engine runs only convolutions with relu, additions and enlargements; only the reference runs layer "
            + "\(layer.name) of the model")
      }
    }
    (self.packed, self.channels, self.padding, self.steps) = (packed, channels, padding, steps)
    capacity = RowSchedule.capacities(steps)
    self.strides = strides
    (reaches, period) = RowSchedule.reaches(steps)
    guard reaches[0].before + reaches[0].after <= RowSchedule.mostSeen else {
      throw ModelError(.unsupported, "The model sees more than \(RowSchedule.mostSeen) pixels around a spot")
    }
    guard zip(channels, capacity).reduce(0, { $0 + $1.0 * ($1.1 + 1) }) <= Engine.mostBytesOfColumn else {
      throw ModelError(
        .unsupported, "The model needs more than \(Engine.mostBytesOfColumn >> 10) KiB for each column of a picture")
    }
  }

  /// Memory of all values for a column, which a wide picture has tens of thousands of.
  private static let mostBytesOfColumn = 1 << 19

  /// Output cells along a side of `length` pixels, which windows measure by their `rows` (a height) or `columns` (a width).
  public func cells(along length: Int, _ side: KeyPath<Layer.Window, Int> = \.rows) -> Int {
    RowSchedule.lengths(steps, length, along: side)[steps.count]
  }

  /// Multiplications and additions over a whole picture of the given size.
  public func operations(width: Int, height: Int) -> Int {
    let (rows, columns) = (
      RowSchedule.lengths(steps, height), RowSchedule.lengths(steps, width, along: \.columns)
    )
    return network.layers.enumerated().reduce(0) { total, item in
      guard case .convolution(let convolution) = item.element.operation else { return total }
      return total + 2 * convolution.weights.count * rows[item.offset + 1] * columns[item.offset + 1]
    }
  }

  /// The receptive field: how far, in pixels, the inputs of output cell 0 reach before and after the cell's first pixel,
  /// and how far a shift has to be so that it shifts the outputs and changes nothing else.
  public var receptiveField: (before: Int, after: Int, period: Int) { (reaches[0].before, reaches[0].after, period) }

  /// Pixels between pictures of one strip: whole cells of every layer, and no fewer than a window reaches beyond a rim.
  var separation: Int {
    let reach = steps.map { $0.window.padding * strides[$0.input] }.max() ?? 0
    return max(1, (reach + period - 1) / period) * period
  }

  /// Channels of an output cell with padding.
  var outputChannels: Int { channels[network.layers.count] }
}
