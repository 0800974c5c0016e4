import ArgumentParser
import Pipeline

/// How found numbers are printed.
enum OutputFormat: String, CaseIterable, ExpressibleByArgument {
  /// Columns for people.
  case table
  /// Comma-separated values, RFC 4180.
  case csv
  /// One JSON array.
  case json
  /// One JSON object a line.
  case ndjson

  /// What prints numbers to an output in this format.
  func writer(to output: StandardOutput) -> any NumberWriter {
    switch self {
    case .table: TableFormat(output)
    case .csv: CSVFormat(output)
    case .json: JSONFormat(output, asArray: true)
    case .ndjson: JSONFormat(output, asArray: false)
    }
  }
}

/// Prints numbers one after another; without any, as little as the format allows.
protocol NumberWriter {
  /// Prints one number.
  func write(_ found: FoundNumber) throws
  /// Prints what comes after the last one.
  func end() throws
}

/// A text as one line of visible characters: control characters, which could move a terminal's cursor, are
/// percent-escaped.
package func printable(_ text: String) -> String {
  guard text.unicodeScalars.contains(where: \.isControl) else { return text }
  return text.unicodeScalars.map { scalar in
    scalar.isControl ? String(scalar).utf8.map { "%" + hexadecimal($0) }.joined() : String(scalar)
  }.joined()
}

private func hexadecimal(_ byte: UInt8) -> String {
  let digits = String(byte, radix: 16, uppercase: true)
  return digits.count == 1 ? "0" + digits : digits
}

extension Unicode.Scalar {
  /// Whether it is a control character, or a line or paragraph separator.
  var isControl: Bool {
    switch value {
    case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029: true
    default: false
    }
  }
}
