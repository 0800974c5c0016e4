package import DigitNet

/// A photograph with one number, and what it is.
package struct LabelledPhotograph: Sendable, Hashable {
  /// The photograph's name in its archive or folder.
  package var file: String
  /// SHA-256 of the picture's bytes, lower-case hexadecimal; nil where the label doesn't say.
  package var sha256: String?
  /// The number, as text; leading zeros count.
  package var number: String
  /// Its digits with their boxes; nil where they were not labelled.
  package var digits: [LabelledDigit]?

  /// A photograph with its number.
  package init(file: String, sha256: String? = nil, number: String, digits: [LabelledDigit]? = nil) {
    self.file = file
    self.sha256 = sha256
    self.number = number
    self.digits = digits
  }
}

/// A digit that a photograph shows.
package struct LabelledDigit: Sendable, Hashable {
  /// Which digit, 0 to 9.
  package var value: Int
  /// Where it stands in the upright picture; may reach over its rim.
  package var box: Box

  /// A digit in its place.
  package init(value: Int, box: Box) {
    self.value = value
    self.box = box
  }
}
