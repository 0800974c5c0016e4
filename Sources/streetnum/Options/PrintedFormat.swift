import ArgumentParser
import Pipeline

/// How `query` and `export` write numbers: as text, or as what programs that show maps open.
enum PrintedFormat: Equatable {
  /// To standard output.
  case text(OutputFormat)
  /// To standard output, with the numbers that have a place.
  case map(MapFormat)
  /// The same into a file.
  case geopackage

  /// The fields that are written unless others are asked for.
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
