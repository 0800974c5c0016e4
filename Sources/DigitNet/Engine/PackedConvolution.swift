import CDigitKernels

/// A convolution's weights in the memory layout of the kernels that run it.
///
/// `@unchecked Sendable` is sound because the memory is written in `init` only and freed in `deinit`.
final class PackedConvolution: @unchecked Sendable {
  /// The argument of the kernels; valid while this object lives.
  enum Form {
    /// For kernels that compute one row at a time.
    case rows(digit_convolution)
    /// For kernels that compute several rows at a time by Winograd's minimal filtering.
    case winograd(digit_winograd)
  }

  /// The argument of the kernels.
  let form: Form

  private let bias: UnsafeMutablePointer<Int32>
  private let multiplier: UnsafeMutablePointer<Float>
  private let weights: UnsafeMutableRawPointer

  /// `inputChannels` includes padding and is a multiple of 4. Output channels are padded with zeros to whole groups.
  init(_ convolution: Layer.Convolution, inputChannels: Int, kernels: Kernels) {
    let outputs = convolution.outputChannels
    let groups = (outputs + DIGIT_CHANNEL_GROUP - 1) / DIGIT_CHANNEL_GROUP
    bias = zeros(groups * DIGIT_CHANNEL_GROUP)
    multiplier = zeros(groups * DIGIT_CHANNEL_GROUP)
    for output in 0..<outputs {
      bias[output] = convolution.bias[output]
      multiplier[output] = convolution.multiplier[output]
    }
    if PackedConvolution.fitsWinograd(convolution, inputChannels: inputChannels, kernels: kernels) {
      let packed = PackedConvolution.transformed(convolution, inputChannels: inputChannels, groups: groups)
      weights = UnsafeMutableRawPointer(packed)
      form = .winograd(
        digit_winograd(
          inputs: Int32(inputChannels), groups: Int32(groups), weights: UnsafePointer(packed),
          bias: UnsafePointer(bias), multiplier: UnsafePointer(multiplier)))
    } else {
      let window = convolution.window
      let packed = PackedConvolution.inQuads(convolution, inputChannels: inputChannels, groups: groups)
      weights = UnsafeMutableRawPointer(packed)
      form = .rows(
        digit_convolution(
          rows: Int32(window.rows), quads: Int32(window.columns * inputChannels / 4),
          step: Int32(window.stride * inputChannels), groups: Int32(groups), weights: UnsafePointer(packed),
          bias: UnsafePointer(bias), multiplier: UnsafePointer(multiplier)))
    }
  }

  deinit {
    weights.deallocate()
    bias.deallocate()
    multiplier.deallocate()
  }

  /// Whether Winograd kernels can run a convolution: it is hidden, 3 by 3, of stride 1, and its sums fit their
  /// integers.
  private static func fitsWinograd(_ convolution: Layer.Convolution, inputChannels: Int, kernels: Kernels) -> Bool {
    let window = convolution.window
    return kernels.functions.winograd_rows != nil && convolution.activation == .relu
      && (window.rows, window.columns, window.stride) == (3, 3, 1)
      && inputChannels % DIGIT_CHANNEL_GROUP == 0 && inputChannels <= DIGIT_WINOGRAD_INPUTS
  }

  private static func transformed(
    _ convolution: Layer.Convolution, inputChannels: Int, groups: Int
  ) -> UnsafeMutablePointer<Int16> {
    let packed: UnsafeMutablePointer<Int16> = zeros(
      digit_winograd_weight_count(Int32(groups), Int32(inputChannels)))
    convolution.weights.withUnsafeBufferPointer { weights in
      guard let first = weights.baseAddress else { return }
      digit_winograd_weights(
        first, Int32(convolution.outputChannels), Int32(convolution.inputChannels), Int32(inputChannels), packed)
    }
    return packed
  }

  /// The layout of `digit_convolution`: four inputs of sixteen outputs together.
  private static func inQuads(
    _ convolution: Layer.Convolution, inputChannels: Int, groups: Int
  ) -> UnsafeMutablePointer<Int8> {
    let (window, group) = (convolution.window, DIGIT_CHANNEL_GROUP)
    let quads = window.columns * inputChannels / 4
    let packed: UnsafeMutablePointer<Int8> = zeros(groups * window.rows * quads * group * 4)
    for output in 0..<convolution.outputChannels {
      for row in 0..<window.rows {
        for column in 0..<window.columns {
          for input in 0..<convolution.inputChannels {
            let from = ((output * window.rows + row) * window.columns + column) * convolution.inputChannels + input
            let byte = column * inputChannels + input
            let quad = ((output / group) * window.rows + row) * quads + byte / 4
            packed[(quad * group + output % group) * 4 + byte % 4] = convolution.weights[from]
          }
        }
      }
    }
    return packed
  }
}

private func zeros<Value: AdditiveArithmetic>(_ count: Int) -> UnsafeMutablePointer<Value> {
  let memory = UnsafeMutablePointer<Value>.allocate(capacity: count)
  memory.initialize(repeating: .zero, count: count)
  return memory
}
