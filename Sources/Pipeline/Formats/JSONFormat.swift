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
    let fields = [
      ("archive", string(found.archive)),
      ("archive_sha256", string(found.archiveSHA256)),
      ("image", string(found.image)),
      ("ordinal", found.ordinal.map(String.init) ?? "null"),
      ("width", String(found.width)),
      ("height", String(found.height)),
      ("number", string(number.text)),
      ("confidence", Confidence.text(number.confidence)),
      ("box", array(number.box)),
      ("digits", array(number.digits)),
    ]
    return "{" + fields.map { "\"\($0)\": \($1)" }.joined(separator: ", ") + "}"
  }

  /// An array of digits, each with its score and its box.
  package static func array(_ digits: [Digit]) -> String {
    let objects = digits.map { digit in
      "{\"digit\": \(digit.value), \"score\": \(Confidence.text(digit.score)), \"box\": \(array(digit.box))}"
    }
    return "[" + objects.joined(separator: ", ") + "]"
  }

  private static func array(_ box: Box) -> String {
    "[\(box.left), \(box.top), \(box.width), \(box.height)]"
  }

  /// A JSON string, or null. Escapes more than it must: line ends of any kind stay out of lines.
  package static func string(_ text: String?) -> String {
    guard let text else { return "null" }
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\r": quoted += "\\r"
      case "\t": quoted += "\\t"
      case let scalar where scalar.isControl:
        let digits = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}

extension Unicode.Scalar {
  /// Whether it is a control character, or a line or paragraph separator.
  fileprivate var isControl: Bool {
    switch value {
    case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029: true
    default: false
    }
  }
}
