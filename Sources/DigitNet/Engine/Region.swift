/// Where in a picture outputs are wanted: for each row of square blocks, the spans of blocks that hold them.
///
/// Blocks lie on a grid from the picture's corner, whatever part of it is at hand, so that what is computed never depends
/// on how the work was split.
public struct Region: Sendable, Equatable {
  /// Pixels of a block's side.
  public let side: Int
  /// Blocks of the whole picture, down and across.
  public let rows, columns: Int
  /// The first row of blocks that is wanted.
  private(set) var firstRow: Int
  /// Spans of columns, in order and apart, for each row of blocks from ``firstRow`` on.
  private(set) var spans: [[Range<Int>]]
  /// Whether each span is a picture of its own, around which lie zeros in every layer.
  private let separate: Bool

  /// The side where nothing asks for another one.
  public static let usualSide = 16

  /// Whole rows of blocks of a picture of the given size.
  public init(width: Int, height: Int, side: Int = Region.usualSide, blockRows: Range<Int>? = nil) {
    self.side = side
    rows = (height + side - 1) / side
    columns = (width + side - 1) / side
    let wanted = blockRows ?? 0..<rows
    precondition(wanted.lowerBound >= 0 && wanted.upperBound <= rows)
    firstRow = wanted.lowerBound
    spans = Array(repeating: [0..<columns], count: wanted.count)
    separate = false
  }

  /// Pictures of the same height that lie in spans of blocks, at least a block apart. A block's side has to be whole cells of each
  /// layer, and as far as a window reaches beyond the rim.
  init(width: Int, height: Int, side: Int, pictures: [Range<Int>]) {
    self.side = side
    (rows, columns) = ((height + side - 1) / side, (width + side - 1) / side)
    firstRow = 0
    spans = Array(repeating: pictures, count: rows)
    separate = true
  }

  /// Nothing is wanted.
  var isEmpty: Bool { spans.allSatisfy(\.isEmpty) }

  /// The columns from the first that is wanted to the last.
  var columnBounds: Range<Int> {
    let first = spans.compactMap { $0.first?.lowerBound }.min() ?? 0
    let last = spans.compactMap { $0.last?.upperBound }.max() ?? 0
    return first..<last
  }

  /// The spans of one row of blocks; none outside the rows that are wanted.
  public func spans(inRow row: Int) -> [Range<Int>] {
    spans.indices.contains(row - firstRow) ? spans[row - firstRow] : []
  }

  /// The spans of several rows of blocks together.
  func spans(inRows rows: ClosedRange<Int>) -> [Range<Int>] {
    let first = spans(inRow: rows.lowerBound)
    if rows.dropFirst().allSatisfy({ spans(inRow: $0) == first }) { return first }
    return Region.merged(rows.flatMap { spans(inRow: $0) })
  }

  /// Leaves of one row the spans of blocks that `wanted` says yes to.
  public mutating func narrow(row: Int, where wanted: (_ column: Int) -> Bool) {
    var narrowed: [Range<Int>] = []
    for column in spans[row - firstRow].joined() where wanted(column) {
      if let last = narrowed.last, last.upperBound == column {
        narrowed[narrowed.count - 1] = last.lowerBound..<column + 1
      } else {
        narrowed.append(column..<column + 1)
      }
    }
    spans[row - firstRow] = narrowed
  }

  /// What lies in a strip of columns.
  func strip(_ strip: Range<Int>) -> Region {
    var part = self
    part.spans = spans.map { $0.map { $0.clamped(to: strip) }.filter { !$0.isEmpty } }
    return part
  }

  /// The blocks that lie within `radius` blocks, along both sides; of pictures that are separate there are none beyond them.
  func dilated(by radius: Int) -> Region {
    if separate { return self }
    var wider = self
    let first = max(0, firstRow - radius)
    wider.firstRow = first
    wider.spans = (first..<max(first, min(rows, firstRow + spans.count + radius))).map { row in
      let near = (row - radius...row + radius).flatMap { spans(inRow: $0) }
      return Region.merged(near.map { max(0, $0.lowerBound - radius)..<min(columns, $0.upperBound + radius) })
    }
    return wider
  }

  private static func merged(_ spans: [Range<Int>]) -> [Range<Int>] {
    spans.sorted { $0.lowerBound < $1.lowerBound }.reduce(into: []) { merged, span in
      if let last = merged.last, span.lowerBound <= last.upperBound {
        merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, span.upperBound)
      } else {
        merged.append(span)
      }
    }
  }

  /// The row of blocks in which row `y` of a map lies, whose cells are `stride` pixels apart.
  func row(ofCell y: Int, stride: Int) -> Int { min(y * stride / side, rows - 1) }

  /// The cells of a map of `length`, `stride` pixels apart, that lie in a span of columns; the last block takes the rest.
  func cells(in span: Range<Int>, stride: Int, length: Int) -> Range<Int> {
    func first(_ column: Int) -> Int {
      column >= columns ? length : min((column * side + stride - 1) / stride, length)
    }
    return first(span.lowerBound)..<first(span.upperBound)
  }

  /// The rows of a map of `length`, `stride` pixels apart, that lie in the rows of blocks that are wanted.
  func cellRows(stride: Int, length: Int) -> Range<Int> {
    func first(_ row: Int) -> Int { row >= rows ? length : min((row * side + stride - 1) / stride, length) }
    return first(firstRow)..<first(firstRow + spans.count)
  }
}
