import StreetCore
import StreetFormats

/// XML as the writers of this folder need it.
enum XML {
  /// A text inside an element or an attribute in double quotes. Characters that XML 1.0 does not know become U+FFFD.
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
  /// Degrees north with seven decimals.
  var latitudeText: String { FieldValue.text(latitude, places: 7) }
  /// Degrees east with seven decimals.
  var longitudeText: String { FieldValue.text(longitude, places: 7) }
}
