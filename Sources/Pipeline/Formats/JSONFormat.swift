package import DigitNet
package import StreetCore

/// JSON objects, one a line, by themselves or in an array; version 1 of the format.
package final class JSONFormat: NumberWriter {
  private let output: TextSink
  private let asArray: Bool
  private var isEmpty = true

  /// An array, or lines (ndjson).
  package init(asArray: Bool, output: @escaping TextSink) {
    self.output = output
    self.asArray = asArray
  }

  package func write(_ found: FoundNumber) throws {
    if asArray { try output(isEmpty ? "[\n" : ",\n") }
    isEmpty = false
    try output(Self.object(found))
    if !asArray { try output("\n") }
  }

  package func end() throws {
    if asArray { try output(isEmpty ? "[]\n" : "\n]\n") }
  }

  /// The object of one number, its fields in the order of the format.
  package static func object(_ found: FoundNumber) -> String {
    let number = found.number
    return JSON.object([
      ("archive", JSON.string(found.archive)),
      ("archive_sha256", JSON.string(found.archiveSHA256)),
      ("image", JSON.string(found.image)),
      ("ordinal", found.ordinal.map(String.init) ?? "null"),
      ("width", String(found.width)),
      ("height", String(found.height)),
      ("number", JSON.string(number.text)),
      ("confidence", Confidence.text(number.confidence)),
      ("box", array(number.box)),
      ("digits", array(number.digits)),
    ])
  }

  /// An array of digits, each with its score and its box.
  package static func array(_ digits: [Digit]) -> String {
    JSON.array(
      digits.map { digit in
        JSON.object([
          ("digit", String(digit.value)), ("score", Confidence.text(digit.score)), ("box", array(digit.box)),
        ])
      })
  }

  private static func array(_ box: Box) -> String {
    JSON.array([box.left, box.top, box.width, box.height].map(String.init))
  }
}
