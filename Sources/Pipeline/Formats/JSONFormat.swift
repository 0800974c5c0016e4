package import DigitNet
package import StreetCore

/// JSON objects, one per line or in an array; version 1 of the format.
package final class JSONFormat: NumberWriter {
  private let output: TextSink
  private let fields: [NumberField]
  private let asArray: Bool
  private var isEmpty = true

  /// Writes an array, or lines (ndjson), of objects with the given keys.
  package init(asArray: Bool, fields: [NumberField], output: @escaping TextSink) {
    self.output = output
    self.fields = fields
    self.asArray = asArray
  }

  package func write(_ found: FoundNumber) throws {
    if asArray { try output(isEmpty ? "[\n" : ",\n") }
    isEmpty = false
    try output(Self.object(found, fields))
    if !asArray { try output("\n") }
  }

  package func end() throws {
    if asArray { try output(isEmpty ? "[]\n" : "\n]\n") }
  }

  /// The object of one number, with the keys in the given order.
  package static func object(_ found: FoundNumber, _ fields: [NumberField] = OutputFormat.json.fields) -> String {
    JSON.object(fields.map { ($0.rawValue, json($0.value(in: found))) })
  }

  /// A value as JSON.
  package static func json(_ value: FieldValue) -> String {
    switch value {
    case .text(let text), .hash(let text): JSON.string(text)
    case .integer(let number): number.map(String.init) ?? "null"
    case .share, .decimal, .flag: value.plain ?? "null"
    case .box(let box): array(box)
    case .digits(let digits): array(digits)
    }
  }

  /// An array of digits, each with its score and box.
  package static func array(_ digits: [Digit]) -> String {
    JSON.array(
      digits.map { digit in
        JSON.object([
          ("digit", String(digit.value)), ("score", Confidence.text(digit.score)), ("box", array(digit.box)),
        ])
      })
  }

  /// A box as left, top, width and height.
  static func array(_ box: Box) -> String {
    JSON.array([box.left, box.top, box.width, box.height].map(String.init))
  }
}
