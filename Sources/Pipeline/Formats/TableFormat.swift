import DigitNet
package import StreetCore

/// Aligned columns for reading.
///
/// Columns are as wide as the first rows need; a later row that needs more widens them from there on, so
/// that a long answer begins at once and is never held in memory.
package final class TableFormat: NumberWriter {
  private static let rowsToMeasure = 1_000

  private let output: TextSink
  private let fields: [NumberField]
  private var columns: [NumberField] = []
  private var widths: [Int] = []
  private var waiting: [[String]] = []
  private var isMeasuring = true

  /// A table with these columns; those that say where in an archive a picture lies are left out where it lies in none.
  package init(fields: [NumberField], output: @escaping TextSink) {
    self.output = output
    self.fields = fields
  }

  package func write(_ found: FoundNumber) throws {
    if columns.isEmpty {
      columns = fields.filter { found.archive != nil || !$0.isOfArchive }
      take(columns.map(\.title))
    }
    take(columns.map { printable($0.value(in: found).text) })
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

/// The display of fields in a table.
extension NumberField {
  fileprivate var title: String {
    // This column keeps its original title.
    self == .archiveSHA256 ? "SHA256" : rawValue.uppercased().replacing("_", with: " ")
  }

  fileprivate var isNumber: Bool {
    switch self {
    case .ordinal, .width, .height, .number, .confidence, .left, .top, .boxWidth, .boxHeight, .generation, .latitude,
      .longitude, .altitude, .accuracy, .heading, .direction, .readNumber, .readConfidence:
      true
    default: false
    }
  }

  fileprivate var isOfArchive: Bool {
    switch self {
    case .archive, .archiveSHA256, .ordinal: true
    default: false
    }
  }
}

extension FieldValue {
  /// The displayed value; for a hash, its first digits.
  fileprivate var text: String {
    switch self {
    case .text(let text): text ?? "-"
    case .hash(let digits): digits.map { String($0.prefix(12)) } ?? "-"
    case .integer(let number): number.map(String.init) ?? "-"
    case .share, .decimal: plain ?? "-"
    case .flag(let flag): flag ? "yes" : "no"
    case .box(let box): "\(box.left),\(box.top) \(box.width)x\(box.height)"
    case .digits(let digits): digits.map { "\($0.value) \(Confidence.text($0.score))" }.joined(separator: ", ")
    }
  }
}
