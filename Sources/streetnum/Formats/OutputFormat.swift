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
