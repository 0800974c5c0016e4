/// Rows of cells in aligned columns, or in another layout if the terminal is too narrow.
///
/// If two lines suffice, headings and rows are printed in two lines each, the second indented. Otherwise each cell is
/// printed on its own line after its column's heading.
package struct ColumnLayout {
  /// A column.
  package struct Column {
    package let title: String
    /// Whether its cells are aligned right.
    package let isNumber: Bool

    package init(title: String, isNumber: Bool) { (self.title, self.isNumber) = (title, isNumber) }
  }

  private enum Shape {
    case aligned
    case stacked(at: Int)
    case records
  }

  private let columns: [Column]
  private let available: Int?
  private var widths: [Int]
  private var shape = Shape.aligned
  private var hasRecords = false

  private static let gap = 2
  /// The number of characters left for values when cells are printed after their headings.
  private static let minimumValue = 16

  /// Makes columns with minimum widths for a terminal with the given number of columns; nil for lines of any length.
  package init(_ columns: [Column], least: [Int] = [], available: Int?) {
    (self.columns, self.available) = (columns, available)
    widths = columns.enumerated().map { max($1.title.count, $0 < least.count ? least[$0] : 0) }
  }

  /// Widens the columns to the cells of a row.
  package mutating func measure(_ row: [String]) {
    for (column, text) in row.enumerated() { widths[column] = max(widths[column], text.count) }
  }

  /// Chooses the layout for the rows that were measured, and returns the headings.
  package mutating func heads() -> String {
    if let available, width(of: columns.indices) > available {
      // The longest part that fits into one line; the rest must fit into a second.
      let first = columns.indices.last { width(of: 0..<$0) <= available } ?? 0
      let isEnough = first > 0 && Self.gap + width(of: first..<columns.count) <= available
      shape = isEnough ? .stacked(at: first) : .records
    }
    if case .records = shape { return "" }
    return text(of: columns.map(\.title))
  }

  /// Lays out a row.
  package mutating func text(of row: [String]) -> String {
    switch shape {
    case .aligned: return line(row, columns.indices)
    case .stacked(let place):
      return line(row, 0..<place) + String(repeating: " ", count: Self.gap) + line(row, place..<columns.count)
    case .records:
      defer { hasRecords = true }
      return (hasRecords ? "\n" : "") + record(row)
    }
  }

  private func width(of columns: Range<Int>) -> Int {
    columns.reduce(0) { $0 + widths[$1] } + Self.gap * max(0, columns.count - 1)
  }

  private func line(_ row: [String], _ range: Range<Int>) -> String {
    var line = ""
    for index in range {
      let padding = String(repeating: " ", count: max(0, widths[index] - row[index].count))
      let isLast = index == range.upperBound - 1
      line += columns[index].isNumber ? padding + row[index] : isLast ? row[index] : row[index] + padding
      line += isLast ? "\n" : String(repeating: " ", count: Self.gap)
    }
    return line
  }

  private func record(_ row: [String]) -> String {
    let available = available ?? .max
    let longest = columns.map(\.title.count).max() ?? 0
    let isAligned = longest + Self.gap + Self.minimumValue <= available
    return zip(columns, row).filter { !$1.isEmpty }.map { column, text in
      let gap = column.title.isEmpty ? 0 : isAligned ? longest + Self.gap - column.title.count : 1
      return wrapped(column.title + String(repeating: " ", count: gap) + text, to: available) + "\n"
    }.joined()
  }
}
