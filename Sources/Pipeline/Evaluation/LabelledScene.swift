public import DigitNet

/// A large picture with any count of numbers, and all that it shows.
public struct LabelledScene: Sendable, Hashable {
  /// The picture's name in its archive or folder.
  public var file: String
  /// Width times height of the upright picture; nil where the label doesn't say.
  public var pixels: Int?
  /// Its numbers; none is a label too.
  public var numbers: [LabelledNumber]

  /// A scene with its numbers.
  public init(file: String, pixels: Int? = nil, numbers: [LabelledNumber]) {
    self.file = file
    self.pixels = pixels
    self.numbers = numbers
  }
}

/// A number that a scene shows.
public struct LabelledNumber: Sendable, Hashable {
  /// The number, as text; leading zeros count.
  public var text: String
  /// Where it stands in the upright picture; may reach over its rim.
  public var box: Box

  /// A number in its place.
  public init(text: String, box: Box) {
    self.text = text
    self.box = box
  }
}
