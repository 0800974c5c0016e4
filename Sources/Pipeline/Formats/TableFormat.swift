import DigitNet
package import StreetCore

/// Aligned columns for people.
///
/// Columns are as wide as the first rows need; a later row that needs more widens them from there on, so
/// that a long answer begins at once and is never held in memory.
package final class TableFormat: NumberWriter {
  private static let rowsToMeasure = 1_000

  private let output: TextSink
  private var columns: [Column] = []
  private var widths: [Int] = []
  private var waiting: [[String]] = []
  private var isMeasuring = true

  package init(output: @escaping TextSink) {
    self.output = output
  }

  package func write(_ found: FoundNumber) throws {
    if columns.isEmpty {
      columns = Column.all.filter { found.archive != nil || !$0.isOfArchive }
      take(columns.map(\.title))
    }
    take(columns.map { printable($0.text(found)) })
    if !isMeasuring || waiting.count > Self.rowsToMeasure { try printWaiting() }
  }

  package func end() throws {
    try printWaiting()
  }

  private func take(_ row: [String]) {
    if widths.isEmpty { widths = row.map { _ in 0 } }
    for (column, text) in row.enumerated() { widths[column] = max(widths[column], text.count) }
    waiting.append(row)
  }

  private func printWaiting() throws {
    isMeasuring = false
    for row in waiting { try output(line(row)) }
    waiting.removeAll(keepingCapacity: true)
  }

  private func line(_ row: [String]) -> String {
    var line = ""
    for (index, text) in row.enumerated() {
      let padding = String(repeating: " ", count: widths[index] - text.count)
      let isLast = index == row.count - 1
      line += columns[index].isNumber ? padding + text : isLast ? text : text + padding
      line += isLast ? "\n" : "  "
    }
    return line
  }
}

/// One column of the table.
private struct Column {
  let title: String
  var isNumber = false
  var isOfArchive = false
  let text: @Sendable (FoundNumber) -> String

  static let all = [
    Column(title: "ARCHIVE", isOfArchive: true) { $0.archive ?? "-" },
    Column(title: "SHA256", isOfArchive: true) { $0.archiveSHA256.map { String($0.prefix(12)) } ?? "-" },
    Column(title: "IMAGE") { $0.image },
    Column(title: "ORDINAL", isNumber: true, isOfArchive: true) { $0.ordinal.map(String.init) ?? "-" },
    Column(title: "WIDTH", isNumber: true) { String($0.width) },
    Column(title: "HEIGHT", isNumber: true) { String($0.height) },
    Column(title: "NUMBER", isNumber: true) { $0.number.text },
    Column(title: "CONFIDENCE", isNumber: true) { Confidence.text($0.number.confidence) },
    Column(title: "BOX") { found in
      let box = found.number.box
      return "\(box.left),\(box.top) \(box.width)x\(box.height)"
    },
  ]
}
