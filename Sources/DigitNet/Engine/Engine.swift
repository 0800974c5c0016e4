import CDigitKernels

/// Runs a network over a picture row by row. Each layer keeps only the rows that its window needs and passes on each
/// row as soon as it is computed, so memory does not grow with the picture's height.
///
/// The outputs equal those of ``Reference`` bit for bit, for any kernels and any split of the rows.
public struct Engine: Sendable {
  /// The network.
  public let network: Network
  /// The kernels that run it.
  public let kernels: Kernels

  let packed: [PackedConvolution?]
  let steps: [Step]
  /// Channels of each value (0 is the picture), padded as the kernels require.
  let channels: [Int]
  /// Columns of zero padding on each side of each value.
  let padding: [Int]
  /// Rows of each value that must be kept at the same time.
  let capacity: [Int]
  /// The stride of each value: pixels of the picture between neighbouring cells.
  let strides: [Int]
  /// For each value, the receptive field of an output in pixels of the picture.
  let reaches: [RowSchedule.Reach]
  private let period: Int

  /// Whether the engine has kernels for a layer: convolutions with `relu` (`none` at the output), additions and
  /// upsampling. ``Reference`` runs every layer.
  public static func runs(_ layer: Layer, isOutput: Bool) -> Bool {
    switch layer.operation {
    case .convolution(let convolution): convolution.activation == (isOutput ? .none : .relu)
    case .enlarge, .add: !isOutput
    case .maximumPooling, .averagePooling: false
    }
  }

  /// Packs the weights. Throws `model.unsupported` for a network with layers that ``runs(_:isOutput:)`` excludes.
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
          "The engine runs only convolutions with relu, additions and upsampling, but layer \(layer.name) of the model is "
            + "of another kind, which only the reference runs")
      }
    }
    (self.packed, self.channels, self.padding, self.steps) = (packed, channels, padding, steps)
    capacity = RowSchedule.capacities(steps)
    self.strides = strides
    (reaches, period) = RowSchedule.reaches(steps)
    guard reaches[0].before + reaches[0].after <= RowSchedule.maximumReceptiveField else {
      throw ModelError(.unsupported, "The model's receptive field exceeds \(RowSchedule.maximumReceptiveField) pixels")
    }
    guard zip(channels, capacity).reduce(0, { $0 + $1.0 * ($1.1 + 1) }) <= Engine.maximumColumnBytes else {
      throw ModelError(
        .unsupported, "The model needs more than \(Engine.maximumColumnBytes >> 10) KiB per column of a picture")
    }
  }

  /// The maximum memory of all values per column; a wide picture has tens of thousands of columns.
  private static let maximumColumnBytes = 1 << 19

  /// The number of output cells along a side of `length` pixels; windows are measured by `rows` for a height and by
  /// `columns` for a width.
  public func cells(along length: Int, _ side: KeyPath<Layer.Window, Int> = \.rows) -> Int {
    RowSchedule.lengths(steps, length, along: side)[steps.count]
  }

  /// The arithmetic operations for a whole picture of the given size; a multiply-accumulate counts as two.
  public func operations(width: Int, height: Int) -> Int {
    let (rows, columns) = (
      RowSchedule.lengths(steps, height), RowSchedule.lengths(steps, width, along: \.columns)
    )
    return network.layers.enumerated().reduce(0) { total, item in
      guard case .convolution(let convolution) = item.element.operation else { return total }
      return total + 2 * convolution.weights.count * rows[item.offset + 1] * columns[item.offset + 1]
    }
  }

  /// The receptive field: how many pixels the inputs of output cell 0 extend before and after the cell's first pixel,
  /// and the period in pixels, by which a shift of the picture shifts the outputs and changes nothing else.
  public var receptiveField: (before: Int, after: Int, period: Int) { (reaches[0].before, reaches[0].after, period) }

  /// The minimum distance, in pixels, between pictures in one strip: a whole number of cells of every layer, and at
  /// least as far as a window extends beyond a picture's edge.
  var separation: Int {
    let reach = steps.map { $0.window.padding * strides[$0.input] }.max() ?? 0
    return max(1, (reach + period - 1) / period) * period
  }

  /// Channels per output cell, including padding.
  var outputChannels: Int { channels[network.layers.count] }
}
