/// The part of a picture in which outputs are computed: for each row of square blocks, the spans of blocks.
///
/// Blocks lie on a grid from the picture's top left corner even if only a part of the picture is in memory, so results
/// never depend on how the work was split.
public struct Region: Sendable, Equatable {
  /// The side of a block in pixels.
  public private(set) var side: Int
  /// Blocks of the whole picture, down and across.
  public private(set) var rows, columns: Int
  /// The first row of blocks in the region.
  private(set) var firstRow: Int
  /// For each row of blocks from ``firstRow`` on, spans of columns that are sorted and disjoint.
  private(set) var spans: [[Range<Int>]]
  /// Whether each span is a picture of its own, with zero padding around it in every layer.
  private let separate: Bool

  /// The side of a block by default.
  public static let usualSide = 16

  /// Whole rows of blocks of a picture of the given size; all rows by default.
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

  /// Several pictures of the same height side by side, each in a span of blocks, at least one block apart. A block's
  /// side must be a whole number of cells of each layer, and at least as far as a window extends beyond a picture's
  /// edge.
  init(width: Int, height: Int, side: Int, pictures: [Range<Int>]) {
    self.side = side
    (rows, columns) = ((height + side - 1) / side, (width + side - 1) / side)
    firstRow = 0
    spans = Array(repeating: pictures, count: rows)
    separate = true
  }

  /// Whether the region has no blocks.
  var isEmpty: Bool { spans.allSatisfy(\.isEmpty) }

  /// From the region's first column of blocks to its last.
  var columnBounds: Range<Int> {
    let first = spans.compactMap { $0.first?.lowerBound }.min() ?? 0
    let last = spans.compactMap { $0.last?.upperBound }.max() ?? 0
    return first..<last
  }

  /// The spans of one row of blocks; empty outside the region's rows.
  public func spans(inRow row: Int) -> [Range<Int>] {
    spans.indices.contains(row - firstRow) ? spans[row - firstRow] : []
  }

  /// The union of the spans of several rows of blocks.
  func spans(inRows rows: ClosedRange<Int>) -> [Range<Int>] {
    let first = spans(inRow: rows.lowerBound)
    if rows.dropFirst().allSatisfy({ spans(inRow: $0) == first }) { return first }
    return Region.merged(rows.flatMap { spans(inRow: $0) })
  }

  /// Removes from one row the blocks for which `wanted` is false, and those outside `columns`, if given.
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

  /// Blocks per strip. The rows that the layers of a strip keep fit the caches, however wide the picture. In narrower
  /// strips, the columns computed twice cost more than the caches gain.
  private static let stripColumns = 256

  /// The region in strips of columns, left to right. Pictures that are separate are not split.
  var strips: [Region] {
    if separate { return [self] }
    return stride(from: columnBounds.lowerBound, to: columnBounds.upperBound, by: Region.stripColumns).map {
      part(columns: $0..<min($0 + Region.stripColumns, columnBounds.upperBound))
    }
  }

  /// The part of the region in some columns of blocks.
  func part(columns: Range<Int>) -> Region {
    var part = self
    part.spans = spans.map { $0.map { $0.clamped(to: columns) }.filter { !$0.isEmpty } }
    return part
  }

  /// The part of the region in some rows of blocks.
  func part(rows: Range<Int>) -> Region {
    var part = self
    part.firstRow = rows.lowerBound
    part.spans = rows.map { spans(inRow: $0) }
    return part
  }

  /// The region's rows of blocks.
  var blockRows: Range<Int> { firstRow..<firstRow + spans.count }

  /// The region in which a value must be computed if each output depends on the value's cells within `reach` of the
  /// output's first pixel. Its blocks are as small as the output grid, with cells `stride` pixels apart, allows.
  /// Separate pictures are not widened beyond their edges.
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

  /// The row of blocks that contains row `y` of a feature map of the given stride.
  func row(ofCell y: Int, stride: Int) -> Int { min(y * stride / side, rows - 1) }

  /// The columns of a feature map in a span of blocks. The map is `length` cells wide and has the given stride; the
  /// last block includes the remainder.
  func cells(in span: Range<Int>, stride: Int, length: Int) -> Range<Int> {
    func first(_ column: Int) -> Int {
      column >= columns ? length : min((column * side + stride - 1) / stride, length)
    }
    return first(span.lowerBound)..<first(span.upperBound)
  }

  /// The rows of a feature map in the region's rows of blocks. The map is `length` cells high and has the given stride.
  func cellRows(stride: Int, length: Int) -> Range<Int> {
    func first(_ row: Int) -> Int { row >= rows ? length : min((row * side + stride - 1) / stride, length) }
    return first(firstRow)..<first(firstRow + spans.count)
  }
}
