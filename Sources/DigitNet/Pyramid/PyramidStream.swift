import CDigitKernels

/// The pyramid levels of a picture that arrives row by row.
///
/// The rows equal those of ``Pyramid``. Only the last two rows of each level are in memory.
struct PyramidStream {
  /// The sizes of the picture and its halvings, down to ``Pyramid/leastSide``.
  let sizes: [ImageSize]
  private let kernels: Kernels
  /// The last two rows of each level; row `y` is at index `y % 2`.
  private var rows: [[UInt8]]
  /// The number of the next row of each level.
  private var next: [Int]

  init(_ size: ImageSize, kernels: Kernels) {
    let halvings = (1..<63).prefix {
      let half = size.halved(times: $0)
      return min(half.width, half.height) >= Pyramid.leastSide
    }
    sizes = [size] + halvings.map { size.halved(times: $0) }
    self.kernels = kernels
    rows = sizes.map { Array(repeating: 0, count: 2 * Image.channels * $0.width) }
    next = Array(repeating: 0, count: sizes.count)
  }

  /// Adds the picture's next row and passes on the rows of all levels that it completes, the picture's own first.
  mutating func take(
    _ row: UnsafeBufferPointer<UInt8>, _ body: (_ level: Int, _ y: Int, _ row: UnsafeBufferPointer<UInt8>) -> Void
  ) {
    body(0, next[0], row)
    let first = next[0] % 2 * row.count
    rows[0].replaceSubrange(first..<(first + row.count), with: row)
    for level in sizes.indices {
      next[level] += 1
      guard next[level] % 2 == 0, level + 1 < sizes.count, next[level + 1] < sizes[level + 1].height else { return }
      let y = next[level + 1]
      halve(level) { body(level + 1, y, $0) }
    }
  }

  /// Halves two rows of a level into one row of the next level.
  private mutating func halve(_ level: Int, _ body: (_ row: UnsafeBufferPointer<UInt8>) -> Void) {
    let columns = sizes[level + 1].width
    let (step, count) = (Image.channels * sizes[level].width, Image.channels * columns)
    var target: [UInt8] = []
    swap(&target, &rows[level + 1])
    rows[level].withUnsafeBufferPointer { source in
      target.withUnsafeMutableBufferPointer { target in
        guard let upper = source.baseAddress, let base = target.baseAddress else { return }
        let row = base + next[level + 1] % 2 * count
        kernels.functions.halve_row(upper, upper + step, columns, row)
        body(UnsafeBufferPointer(start: row, count: count))
      }
    }
    swap(&target, &rows[level + 1])
  }
}
