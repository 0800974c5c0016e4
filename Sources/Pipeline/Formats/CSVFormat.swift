package import StreetCore

/// Comma-separated values with a header line, quoted as in RFC 4180; lines end with a line feed.
package final class CSVFormat: NumberWriter {
  private let output: TextSink
  private let fields: [NumberField]
  private var isEmpty = true

  /// Writes lines with the given columns.
  package init(fields: [NumberField], output: @escaping TextSink) {
    self.output = output
    self.fields = fields
  }

  package func write(_ found: FoundNumber) throws {
    if isEmpty { try output(fields.map(\.rawValue).joined(separator: ",") + "\n") }
    isEmpty = false
    try output(Self.line(found, fields))
  }

  package func end() throws {}

  /// The line of one number, with the columns in the given order; null values are empty.
  package static func line(_ found: FoundNumber, _ fields: [NumberField] = OutputFormat.csv.fields) -> String {
    fields.map { cell($0.value(in: found)) }.joined(separator: ",") + "\n"
  }

  private static func cell(_ value: FieldValue) -> String {
    switch value {
    case .text(let text): text.map(plain) ?? ""
    case .hash(let digits): digits ?? ""
    case .integer(let number): number.map(String.init) ?? ""
    case .share, .decimal, .flag: value.plain ?? ""
    case .box, .digits: quoted(value.plain ?? "")
    }
  }

  /// Characters at which spreadsheets recognise a formula.
  private static let formulaMarks: Set<Unicode.Scalar> = ["=", "+", "-", "@", "\t", "\r"]

  private static func plain(_ name: String) -> String {
    // A spreadsheet must not evaluate a name as a formula. A lone "-" denotes standard input.
    let isFormula = name != "-" && name.unicodeScalars.first.map(formulaMarks.contains) == true
    return quoted(isFormula ? "'" + name : name)
  }

  /// The text, quoted if necessary.
  private static func quoted(_ text: String) -> String {
    // Compares Unicode scalars, because a Character may combine a quote or a line end with other scalars.
    guard text.unicodeScalars.contains(where: { [",", "\"", "\n", "\r"].contains($0) }) else { return text }
    let escaped = text.unicodeScalars.map { $0 == "\"" ? "\"\"" : String($0) }.joined()
    return "\"" + escaped + "\""
  }
}
