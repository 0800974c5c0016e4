import DigitNet
package import StreetCore

/// Comma-separated values with a header line, quoted as in RFC 4180; lines end as they do on Unix.
package final class CSVFormat: NumberWriter {
  private let output: TextSink
  private var isEmpty = true

  private static let header = """
    archive,archive_sha256,image,ordinal,width,height,number,confidence,left,top,box_width,box_height

    """

  package init(output: @escaping TextSink) {
    self.output = output
  }

  package func write(_ found: FoundNumber) throws {
    if isEmpty { try output(Self.header) }
    isEmpty = false
    try output(Self.line(found))
  }

  package func end() throws {}

  /// The line of one number; what is null is empty.
  package static func line(_ found: FoundNumber) -> String {
    let box = found.number.box
    let fields = [
      field(found.archive ?? ""), found.archiveSHA256 ?? "", field(found.image),
      found.ordinal.map(String.init) ?? "", String(found.width), String(found.height),
      found.number.text, Confidence.text(found.number.confidence),
      String(box.left), String(box.top), String(box.width), String(box.height),
    ]
    return fields.joined(separator: ",") + "\n"
  }

  /// What spreadsheets take for the beginning of a formula.
  private static let formulaMarks: Set<Unicode.Scalar> = ["=", "+", "-", "@", "\t", "\r"]

  private static func field(_ name: String) -> String {
    // A name from outside must not be computed by the spreadsheet that opens the file; a lone "-" is standard input.
    let isFormula = name != "-" && name.unicodeScalars.first.map(formulaMarks.contains) == true
    let text = isFormula ? "'" + name : name
    // Unicode scalars, because one Character may hold a quote or line end and something else.
    guard text.unicodeScalars.contains(where: { [",", "\"", "\n", "\r"].contains($0) }) else { return text }
    let escaped = text.unicodeScalars.map { $0 == "\"" ? "\"\"" : String($0) }.joined()
    return "\"" + escaped + "\""
  }
}
