package import StreetCore

/// The text formats for found numbers.
package enum OutputFormat: String, CaseIterable, Sendable {
  /// Aligned columns for reading.
  case table
  /// Comma-separated values, RFC 4180.
  case csv
  /// One JSON array.
  case json
  /// One JSON object per line.
  case ndjson

  /// The default fields: those of version 1, to which none will be added.
  package var fields: [NumberField] {
    let common: [NumberField] = [.archive, .archiveSHA256, .image, .ordinal, .width, .height, .number, .confidence]
    return switch self {
    case .table: common + [.box]
    case .csv: common + [.left, .top, .boxWidth, .boxHeight]
    case .json, .ndjson: common + [.box, .digits]
    }
  }

  /// A writer for this format with the default fields or the chosen ones, which passes pieces of text to `output`. The
  /// lines of a table have at most `columns` characters.
  package func writer(
    of chosen: [NumberField]? = nil, columns: Int? = nil, to output: @escaping TextSink
  ) -> any NumberWriter {
    let fields = chosen ?? fields
    return switch self {
    case .table: TableFormat(fields: fields, columns: columns, output: output)
    case .csv: CSVFormat(fields: fields, output: output)
    case .json: JSONFormat(asArray: true, fields: fields, output: output)
    case .ndjson: JSONFormat(asArray: false, fields: fields, output: output)
    }
  }
}

/// Receives the pieces of a text in order.
package typealias TextSink = (String) throws -> Void

/// Writes numbers one after another; without numbers, only what the format requires.
package protocol NumberWriter {
  /// Writes one number.
  func write(_ found: FoundNumber) throws
  /// Writes what follows the last number.
  func end() throws
}
