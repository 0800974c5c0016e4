import StreetCore
import StreetFormats

/// XML output for the map formats.
enum XML {
  /// Escapes a text for an element or a double-quoted attribute. Characters that XML 1.0 does not allow become U+FFFD.
  static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "\t", "\n", "\r": escaped += "&#\(scalar.value);"
      case let scalar where scalar.value < 0x20 || (0xFFFE...0xFFFF).contains(scalar.value): escaped += "\u{FFFD}"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}

extension Coordinate {
  /// The latitude in degrees with seven decimals.
  var latitudeText: String { FieldValue.text(latitude, places: 7) }
  /// The longitude in degrees with seven decimals.
  var longitudeText: String { FieldValue.text(longitude, places: 7) }
}
