import DigitNet
package import StreetCore

/// Aligned columns for reading.
///
/// Column widths are measured on the first rows, and increase if a later row needs more. Thus output begins early, and
/// a long result is never held in memory. On a terminal that is too narrow, each number takes two or more lines.
package final class TableFormat: NumberWriter {
  private static let rowsToMeasure = 1_000

  private let output: TextSink
  private let fields: [NumberField]
  private let columns: Int?
  private var shown: [NumberField] = []
  private var layout: ColumnLayout?
  private var waiting: [[String]] = []
  private var isMeasuring = true

  /// Writes a table with the given columns. Columns for a picture's place in its archive are left out if it is in none.
  /// Lines have at most `columns` characters; nil for any length.
  package init(fields: [NumberField], columns: Int? = nil, output: @escaping TextSink) {
    self.output = output
    (self.fields, self.columns) = (fields, columns)
  }

  package func write(_ found: FoundNumber) throws {
    if layout == nil {
      shown = fields.filter { found.archive != nil || !$0.isOfArchive }
      layout = ColumnLayout(
        shown.map { ColumnLayout.Column(title: $0.title, isNumber: $0.isNumber) }, available: columns)
    }
    let row = shown.map { printable($0.value(in: found).text) }
    layout?.measure(row)
    waiting.append(row)
    // The headings count as a row.
    if !isMeasuring || waiting.count >= Self.rowsToMeasure { try printWaiting() }
  }

  package func end() throws { try printWaiting() }

  private func printWaiting() throws {
    if isMeasuring, let heads = layout?.heads(), !heads.isEmpty { try output(heads) }
    isMeasuring = false
    for row in waiting {
      if let text = layout?.text(of: row) { try output(text) }
    }
    waiting.removeAll(keepingCapacity: true)
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
