package import DigitNet
import StreetCore

/// The value of a field, which each format writes in its own way; nil is null.
package enum FieldValue {
  case text(String?)
  /// Hexadecimal digits.
  case hash(String?)
  case integer(Int?)
  /// A share in 1/10,000.
  case share(Int?)
  /// A whole number of units of which 10 to the power of the places are 1.
  case decimal(Int?, places: Int)
  case flag(Bool)
  case box(Box)
  case digits([Digit])
}

extension FieldValue {
  /// A decimal number with all of its places.
  package static func text(_ value: Int, places: Int) -> String {
    let digits = String(value.magnitude)
    let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
    return (value < 0 ? "-" : "") + padded.dropLast(places) + "." + padded.suffix(places)
  }

  /// As a text of its own, without quotes; nil where it is null. Boxes and digits are their JSON.
  package var plain: String? {
    switch self {
    case .text(let text), .hash(let text): text
    case .integer(let number): number.map(String.init)
    case .share(let share): share.map(Confidence.text)
    case .decimal(let value, let places): value.map { Self.text($0, places: places) }
    case .flag(let flag): String(flag)
    case .box(let box): JSONFormat.array(box)
    case .digits(let digits): JSONFormat.array(digits)
    }
  }
}
