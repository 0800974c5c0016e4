import CDigitKernels

/// One 3x3 layer of 64 channels over rows that lie in the second-level cache, by the kernels that the engine would take.
final class OneLayer {
  private let kernels: digit_kernels
  private static let width = 255
  private static let channels = 64
  private let rows: UnsafeMutablePointer<UInt8>
  private let outputs: UnsafeMutablePointer<UInt8>
  private let weights: UnsafeMutablePointer<Int8>
  private let transformed: UnsafeMutablePointer<Int16>
  private let bias: UnsafeMutablePointer<Int32>
  private let multiplier: UnsafeMutablePointer<Float>
  private let scratch: UnsafeMutableRawPointer

  init(kernels: digit_kernels) {
    let (width, channels) = (OneLayer.width, OneLayer.channels)
    func filled<Value>(_ count: Int, _ value: Value) -> UnsafeMutablePointer<Value> {
      let memory = UnsafeMutablePointer<Value>.allocate(capacity: count)
      memory.initialize(repeating: value, count: count)
      return memory
    }
    self.kernels = kernels
    rows = filled((DIGIT_WINOGRAD_SIDE + 2) * (width + DIGIT_WINOGRAD_SIDE + 2) * channels, 3)
    outputs = filled(DIGIT_WINOGRAD_SIDE * width * channels, 0)
    weights = filled(9 * channels * channels, -5)
    transformed = filled(
      digit_winograd_weight_count(Int32(channels / DIGIT_CHANNEL_GROUP), Int32(channels)), 7)
    (bias, multiplier) = (filled(channels, 5), filled(channels, 1e-3))
    scratch = .allocate(byteCount: digit_winograd_scratch(Int32(channels)), alignment: 64)
  }

  deinit {
    rows.deallocate()
    outputs.deallocate()
    weights.deallocate()
    transformed.deallocate()
    bias.deallocate()
    multiplier.deallocate()
    scratch.deallocate()
  }

  /// Multiplications and additions of a round, which is four rows; those of the sums, however few it takes to come by them.
  static var operations: Int { 2 * 9 * channels * channels * width * DIGIT_WINOGRAD_SIDE }

  func run(rounds: Int) {
    let (width, channels) = (OneLayer.width, OneLayer.channels)
    let (rowBytes, groups) = ((width + DIGIT_WINOGRAD_SIDE + 2) * channels, Int32(channels / DIGIT_CHANNEL_GROUP))
    let inputs = (0..<DIGIT_WINOGRAD_SIDE + 2).map { UnsafePointer(rows + $0 * rowBytes) }
    let targets = (0..<DIGIT_WINOGRAD_SIDE).map { outputs + $0 * width * channels }
    if let kernel = kernels.winograd_rows {
      var layer = digit_winograd(
        inputs: Int32(channels), groups: groups, weights: transformed, bias: bias, multiplier: multiplier)
      var span = digit_span(first: 0, width: width)
      for _ in 0..<rounds { kernel(&layer, inputs, &span, 1, Int32(DIGIT_WINOGRAD_SIDE), scratch, targets) }
    } else {
      var layer = digit_convolution(
        rows: 3, quads: Int32(3 * channels / 4), step: Int32(channels), groups: groups, weights: weights, bias: bias,
        multiplier: multiplier)
      for _ in 0..<rounds {
        for row in 0..<DIGIT_WINOGRAD_SIDE {
          kernels.row_bytes(&layer, Array(inputs[row..<row + 3]), width, targets[row])
        }
      }
    }
  }
}
