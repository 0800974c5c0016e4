import DigitNet

/// The value of a field, which each format writes in its own way; nil is null.
enum FieldValue {
  case text(String?)
  /// Hexadecimal digits.
  case hash(String?)
  case integer(Int?)
  /// A share in 1/10,000.
  case share(Int?)
  case flag(Bool)
  case box(Box)
  case digits([Digit])
}
