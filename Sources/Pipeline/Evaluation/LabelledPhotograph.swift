public import DigitNet

/// A photograph with one number, and what it is.
public struct LabelledPhotograph: Sendable, Hashable {
  /// The photograph's name in its archive or folder.
  public var file: String
  /// The number, as text; leading zeros count.
  public var number: String
  /// Its digits with their boxes; nil where they were not labelled.
  public var digits: [LabelledDigit]?

  /// A photograph with its number.
  public init(file: String, number: String, digits: [LabelledDigit]? = nil) {
    self.file = file
    self.number = number
    self.digits = digits
  }
}

/// A digit that a photograph shows.
public struct LabelledDigit: Sendable, Hashable {
  /// Which digit, 0 to 9.
  public var value: Int
  /// Where it stands in the upright picture; may reach over its rim.
  public var box: Box

  /// A digit in its place.
  public init(value: Int, box: Box) {
    self.value = value
    self.box = box
  }
}
