import ArgumentParser
import Pipeline

/// The format in which `query` and `export` write numbers: text, or a format for maps.
enum PrintedFormat: Equatable {
  /// Text on standard output.
  case text(OutputFormat)
  /// A map format on standard output, with the numbers that have a position.
  case map(MapFormat)
  /// A GeoPackage, which is written to a file.
  case geopackage

  /// The fields that are written where none are chosen.
  var fields: [NumberField] {
    switch self {
    case .text(let format): format.fields
    case .map: MapFormat.fields
    case .geopackage: GeoPackage.fields
    }
  }
}

extension PrintedFormat: ExpressibleByArgument {
  init?(argument: String) {
    if let format = OutputFormat(rawValue: argument) {
      self = .text(format)
    } else if let format = MapFormat(rawValue: argument) {
      self = .map(format)
    } else if argument == PrintedFormat.geopackageName {
      self = .geopackage
    } else {
      return nil
    }
  }

  var defaultValueDescription: String {
    switch self {
    case .text(let format): format.rawValue
    case .map(let format): format.rawValue
    case .geopackage: PrintedFormat.geopackageName
    }
  }

  static var allValueStrings: [String] {
    OutputFormat.allCases.map(\.rawValue) + MapFormat.allCases.map(\.rawValue) + [geopackageName]
  }

  private static let geopackageName = "geopackage"
}
