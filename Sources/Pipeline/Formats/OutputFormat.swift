package import StreetCore

/// How found numbers are printed.
package enum OutputFormat: String, CaseIterable, Sendable {
  /// Columns for people.
  case table
  /// Comma-separated values, RFC 4180.
  case csv
  /// One JSON array.
  case json
  /// One JSON object a line.
  case ndjson

  /// What prints numbers in this format, by handing pieces of text to `output`.
  package func writer(to output: @escaping TextSink) -> any NumberWriter {
    switch self {
    case .table: TableFormat(output: output)
    case .csv: CSVFormat(output: output)
    case .json: JSONFormat(asArray: true, output: output)
    case .ndjson: JSONFormat(asArray: false, output: output)
    }
  }
}

/// Takes the pieces of a text in order.
package typealias TextSink = (String) throws -> Void

/// Prints numbers one after another; without any, as little as the format allows.
package protocol NumberWriter {
  /// Prints one number.
  func write(_ found: FoundNumber) throws
  /// Prints what comes after the last one.
  func end() throws
}
