import CDigitKernels

/// A convolution's weights in the order in which the kernels read them.
///
/// `@unchecked Sendable`: the memory is filled in `init` and only read until `deinit`.
final class PackedConvolution: @unchecked Sendable {
  /// What the row kernels take; valid as long as this object lives.
  let layer: digit_convolution
  /// What the Winograd kernels take, valid as long; nil where there are none, or the window isn't theirs.
  let winograd: digit_winograd?

  private let weights: UnsafeMutablePointer<Int8>
  private let bias: UnsafeMutablePointer<Int32>
  private let multiplier: UnsafeMutablePointer<Float>
  private let transformed: UnsafeMutablePointer<Int16>?

  /// `inputChannels` is the count with padding, a multiple of 4; outputs are padded to whole groups of zeros.
  init(_ convolution: Layer.Convolution, inputChannels: Int, kernels: Kernels) {
    let group = DIGIT_CHANNEL_GROUP
    let groups = (convolution.outputChannels + group - 1) / group
    let window = convolution.window
    let quads = window.columns * inputChannels / 4
    let count = groups * window.rows * quads * group * 4
    weights = .allocate(capacity: count)
    weights.initialize(repeating: 0, count: count)
    bias = .allocate(capacity: groups * group)
    bias.initialize(repeating: 0, count: groups * group)
    multiplier = .allocate(capacity: groups * group)
    multiplier.initialize(repeating: 0, count: groups * group)
    for output in 0..<convolution.outputChannels {
      bias[output] = convolution.bias[output]
      multiplier[output] = convolution.multiplier[output]
      for row in 0..<window.rows {
        for column in 0..<window.columns {
          for input in 0..<convolution.inputChannels {
            let from = ((output * window.rows + row) * window.columns + column) * convolution.inputChannels + input
            let byte = column * inputChannels + input
            let quad = ((output / group) * window.rows + row) * quads + byte / 4
            weights[(quad * group + output % group) * 4 + byte % 4] = convolution.weights[from]
          }
        }
      }
    }
    layer = digit_convolution(
      rows: Int32(window.rows), quads: Int32(quads), step: Int32(window.stride * inputChannels),
      groups: Int32(groups), weights: UnsafePointer(weights), bias: UnsafePointer(bias),
      multiplier: UnsafePointer(multiplier))
    guard PackedConvolution.fitsWinograd(convolution, inputChannels: inputChannels, kernels: kernels) else {
      (transformed, winograd) = (nil, nil)
      return
    }
    let transformedCount = digit_winograd_weight_count(Int32(groups), Int32(inputChannels))
    let transformed = UnsafeMutablePointer<Int16>.allocate(capacity: transformedCount)
    transformed.initialize(repeating: 0, count: transformedCount)
    convolution.weights.withUnsafeBufferPointer { weights in
      guard let first = weights.baseAddress else { return }
      digit_winograd_weights(
        first, Int32(convolution.outputChannels), Int32(convolution.inputChannels), Int32(inputChannels), transformed)
    }
    winograd = digit_winograd(
      inputs: Int32(inputChannels), groups: Int32(groups), weights: UnsafePointer(transformed),
      bias: UnsafePointer(bias), multiplier: UnsafePointer(multiplier))
    self.transformed = transformed
  }

  /// Whether there are Winograd kernels for a convolution: hidden, 3 by 3, stride 1, and of sums that they hold.
  static func fitsWinograd(_ convolution: Layer.Convolution, inputChannels: Int, kernels: Kernels) -> Bool {
    let window = convolution.window
    return kernels.functions.winograd_rows != nil && convolution.activation == .relu
      && (window.rows, window.columns, window.stride) == (3, 3, 1)
      && inputChannels % DIGIT_CHANNEL_GROUP == 0 && inputChannels <= DIGIT_WINOGRAD_INPUTS
  }

  deinit {
    weights.deallocate()
    bias.deallocate()
    multiplier.deallocate()
    transformed?.deallocate()
  }
}
