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

  /// The fields that are printed unless others are asked for: those of version 1, to which none is ever added.
  package var fields: [NumberField] {
    let common: [NumberField] = [.archive, .archiveSHA256, .image, .ordinal, .width, .height, .number, .confidence]
    return switch self {
    case .table: common + [.box]
    case .csv: common + [.left, .top, .boxWidth, .boxHeight]
    case .json, .ndjson: common + [.box, .digits]
    }
  }

  /// What prints the fields of numbers in this format, or those that are asked for, by handing pieces of text to `output`. A table
  /// has lines of so many `columns` at most.
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

/// Takes the pieces of a text in order.
package typealias TextSink = (String) throws -> Void

/// Prints numbers one after another; without any, as little as the format allows.
package protocol NumberWriter {
  /// Prints one number.
  func write(_ found: FoundNumber) throws
  /// Prints what comes after the last one.
  func end() throws
}
