import CDigitKernels

/// A convolution's weights in the order in which the row kernels read them.
///
/// `@unchecked Sendable`: the memory is filled in `init` and only read until `deinit`.
final class PackedConvolution: @unchecked Sendable {
  /// What the kernels take; valid as long as this object lives.
  let layer: digit_convolution
  let window: Layer.Window

  private let weights: UnsafeMutablePointer<Int8>
  private let bias: UnsafeMutablePointer<Int32>
  private let multiplier: UnsafeMutablePointer<Float>

  /// `inputChannels` is the count with padding, a multiple of 4; outputs are padded to whole groups of zeros.
  init(_ convolution: Layer.Convolution, inputChannels: Int) {
    let group = DIGIT_CHANNEL_GROUP
    let groups = (convolution.outputChannels + group - 1) / group
    window = convolution.window
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
  }

  deinit {
    weights.deallocate()
    bias.deallocate()
    multiplier.deallocate()
  }
}
