/// Where in a picture outputs are wanted: for each row of square blocks, the spans of blocks that hold them.
///
/// Blocks lie on a grid from the picture's corner, whatever part of it is at hand, so that what is computed never depends
/// on how the work was split.
public struct Region: Sendable, Equatable {
  /// Pixels of a block's side.
  public private(set) var side: Int
  /// Blocks of the whole picture, down and across.
  public private(set) var rows, columns: Int
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

  /// Leaves of one row the blocks that `wanted` says yes to, and those outside some columns, where such are given.
  public mutating func narrow(row: Int, columns: Range<Int>? = nil, where wanted: (_ column: Int) -> Bool) {
    var narrowed: [Range<Int>] = []
    for column in spans[row - firstRow].joined() where columns?.contains(column) == false || wanted(column) {
      if let last = narrowed.last, last.upperBound == column {
        narrowed[narrowed.count - 1] = last.lowerBound..<column + 1
      } else {
        narrowed.append(column..<column + 1)
      }
    }
    spans[row - firstRow] = narrowed
  }

  /// Blocks across a strip, so that the rows that its layers keep stay in the caches however wide the picture. Narrower ones
  /// cost more in columns that are computed twice than they gain.
  private static let stripColumns = 256

  /// The region in strips of columns, left to right; pictures that are separate stay together.
  var strips: [Region] {
    if separate { return [self] }
    return stride(from: columnBounds.lowerBound, to: columnBounds.upperBound, by: Region.stripColumns).map {
      part(columns: $0..<min($0 + Region.stripColumns, columnBounds.upperBound))
    }
  }

  /// What lies in some columns.
  func part(columns: Range<Int>) -> Region {
    var part = self
    part.spans = spans.map { $0.map { $0.clamped(to: columns) }.filter { !$0.isEmpty } }
    return part
  }

  /// What lies in some rows of blocks.
  func part(rows: Range<Int>) -> Region {
    var part = self
    part.firstRow = rows.lowerBound
    part.spans = rows.map { spans(inRow: $0) }
    return part
  }

  /// The rows of blocks that are wanted.
  var blockRows: Range<Int> { firstRow..<firstRow + spans.count }

  /// Where a value's cells are needed of which outputs in this region depend on those within `reach` of their own first pixel:
  /// in blocks as small as the grid of the outputs, `stride` pixels apart, allows. Of pictures that are separate there is nothing
  /// beyond them.
  func widened(by reach: RowSchedule.Reach, stride: Int) -> Region {
    if separate { return self }
    var wider = self
    wider.side = Region.greatestCommonDivisor(side, stride)
    let parts = side / wider.side
    let (before, after) = ((reach.before + wider.side - 1) / wider.side, reach.after / wider.side)
    (wider.rows, wider.columns) = (parts * rows, parts * columns)
    wider.firstRow = max(0, parts * firstRow - before)
    let end = min(wider.rows, parts * (firstRow + spans.count) + after)
    wider.spans = []
    var near = 0..<0
    for row in wider.firstRow..<max(wider.firstRow, end) {
      let rows = (max(0, row - after) / parts)..<((row + before) / parts + 1)
      if rows != near || wider.spans.isEmpty {
        near = rows
        wider.spans.append(
          Region.merged(
            rows.flatMap { spans(inRow: $0) }.map {
              max(0, parts * $0.lowerBound - before)..<min(wider.columns, parts * $0.upperBound + after)
            }))
      } else {
        wider.spans.append(wider.spans[wider.spans.count - 1])
      }
    }
    return wider
  }

  private static func greatestCommonDivisor(_ a: Int, _ b: Int) -> Int { b == 0 ? a : greatestCommonDivisor(b, a % b) }

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
