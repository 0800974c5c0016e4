package import DigitNet

/// A photograph with one number, and what it is.
package struct LabelledPhotograph: Sendable, Hashable {
  /// The photograph's name in its archive or folder.
  package var file: String
  /// The number, as text; leading zeros count.
  package var number: String
  /// Its digits with their boxes; nil where they were not labelled.
  package var digits: [LabelledDigit]?

  /// A photograph with its number.
  package init(file: String, number: String, digits: [LabelledDigit]? = nil) {
    self.file = file
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
