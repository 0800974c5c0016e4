/// What a layer computes without its weights: plain values, which a pass over a picture reads at every row without counting
/// references.
struct Step: Sendable {
  enum Operation: Sendable { case convolution, pooling, enlarge, add }

  let operation: Operation
  /// The values that it reads: 0 is the picture, `n + 1` the output of step `n`.
  let input: Int
  let other: Int?
  /// Of a convolution or pooling.
  let window: Layer.Window
  /// Of an enlargement.
  let factor: Int
  /// Rows that are computed together, from a multiple of it on.
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

  /// The rows of its inputs that row `y` needs, or columns, where windows are measured by `columns`; without regard to the
  /// inputs' size.
  @inline(__always)
  func needed(at y: Int, along size: KeyPath<Layer.Window, Int>) -> ClosedRange<Int> {
    needed(at: y, size: window[keyPath: size])
  }

  /// The rows of its inputs that row `y` needs.
  @inline(__always)
  func rowsNeeded(at y: Int) -> ClosedRange<Int> { needed(at: y, size: window.rows) }

  private func needed(at y: Int, size: Int) -> ClosedRange<Int> {
    if operation == .enlarge { return (y / factor)...(y / factor) }
    let first = y * window.stride - window.padding
    return first...(first + size - 1)
  }

  /// The output's height for an input of the given one, or its width.
  func length(of input: Int, along size: KeyPath<Layer.Window, Int>) -> Int {
    operation == .enlarge ? input * factor : window.count(length: input, size: window[keyPath: size])
  }

  /// Both inputs, or the one.
  var inputs: [Int] { [input] + (other.map { [$0] } ?? []) }

  /// Pixels of the picture between neighbours in each value; nil where maps of unlike strides are added, or where a
  /// stride is no whole number of up to 64 pixels.
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
