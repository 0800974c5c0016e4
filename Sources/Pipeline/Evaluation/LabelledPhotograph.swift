package import DigitNet

/// The label of a photograph with one number.
package struct LabelledPhotograph: Sendable, Hashable {
  /// The name of the photograph in its archive or folder.
  package var file: String
  /// The SHA-256 of the photograph's bytes, in lower-case hexadecimal; nil if the label has none.
  package var sha256: String?
  /// The number as text, including leading zeros.
  package var number: String
  /// The digits with their boxes; nil if they are not labelled.
  package var digits: [LabelledDigit]?

  /// The label of a photograph.
  package init(file: String, sha256: String? = nil, number: String, digits: [LabelledDigit]? = nil) {
    self.file = file
    self.sha256 = sha256
    self.number = number
    self.digits = digits
  }
}

/// A labelled digit.
package struct LabelledDigit: Sendable, Hashable {
  /// The digit, 0 to 9.
  package var value: Int
  /// The box in the upright picture; it may extend beyond the picture's edge.
  package var box: Box

  /// A digit with its box.
  package init(value: Int, box: Box) {
    self.value = value
    self.box = box
  }
}
