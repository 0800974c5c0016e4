package import DigitNet
import StreetCore

/// The value of a field, which each format writes in its own way; nil is null.
package enum FieldValue {
  case text(String?)
  /// Hexadecimal digits.
  case hash(String?)
  case integer(Int?)
  /// A proportion in 1/10,000.
  case share(Int?)
  /// A decimal number, scaled to an integer by the given number of decimal places.
  case decimal(Int?, places: Int)
  case flag(Bool)
  case box(Box)
  case digits([Digit])
}

extension FieldValue {
  /// A decimal number with all of its decimal places.
  package static func text(_ value: Int, places: Int) -> String {
    let digits = String(value.magnitude)
    let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
    return (value < 0 ? "-" : "") + padded.dropLast(places) + "." + padded.suffix(places)
  }

  /// The value as unquoted text; nil if it is null. Boxes and digits are JSON.
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
