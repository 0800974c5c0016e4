/// A layer's operation without its weights: a plain value, so that a pass over a picture can read it at every row
/// without reference counting.
struct Step: Sendable {
  enum Operation: Sendable { case convolution, pooling, enlarge, add }

  let operation: Operation
  /// The inputs: 0 is the picture, `n + 1` the output of step `n`.
  let input: Int
  let other: Int?
  /// The window of a convolution or pooling.
  let window: Layer.Window
  /// The factor of an upsampling.
  let factor: Int
  /// The number of rows that are computed together; groups begin at multiples of it.
  var rowsAtOnce = 1

  init(_ layer: Layer) {
    input = layer.inputs[0]
    switch layer.operation {
    case .convolution(let convolution): (operation, window, factor, other) = (.convolution, convolution.window, 1, nil)
    case .maximumPooling(let window), .averagePooling(let window):
      (operation, self.window, factor, other) = (.pooling, window, 1, nil)
    case .enlarge(let factor): (operation, window, self.factor, other) = (.enlarge, Step.single, factor, nil)
    case .add: (operation, window, factor, other) = (.add, Step.single, 1, layer.inputs[1])
    }
  }

  private static let single = Layer.Window(rows: 1, columns: 1, stride: 1, padding: 0)

  /// The input rows that output row `y` needs, regardless of the input's size; or columns, if `size` is `\.columns`.
  @inline(__always)
  func needed(at y: Int, along size: KeyPath<Layer.Window, Int>) -> ClosedRange<Int> {
    needed(at: y, size: window[keyPath: size])
  }

  /// The input rows that output row `y` needs.
  @inline(__always)
  func rowsNeeded(at y: Int) -> ClosedRange<Int> { needed(at: y, size: window.rows) }

  private func needed(at y: Int, size: Int) -> ClosedRange<Int> {
    if operation == .enlarge { return (y / factor)...(y / factor) }
    let first = y * window.stride - window.padding
    return first...(first + size - 1)
  }

  /// The output's height for an input of the given height; or the width, if `size` is `\.columns`.
  func length(of input: Int, along size: KeyPath<Layer.Window, Int>) -> Int {
    operation == .enlarge ? input * factor : window.count(length: input, size: window[keyPath: size])
  }

  /// The one or two inputs.
  var inputs: [Int] { [input] + (other.map { [$0] } ?? []) }

  /// The stride of each value in pixels of the picture; nil if values of different strides are added, or if a stride is
  /// not a whole number from 1 to 64.
  static func strides(_ steps: [Step]) -> [Int]? {
    var strides = [1]
    for step in steps {
      var stride = strides[step.input] * step.window.stride
      guard stride % step.factor == 0 else { return nil }
      stride /= step.factor
      guard 1...64 ~= stride, step.other.map({ strides[$0] == stride }) ?? true else { return nil }
      strides.append(stride)
    }
    return strides
  }
}
