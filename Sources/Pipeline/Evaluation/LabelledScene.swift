package import DigitNet

/// A large picture with any count of numbers, and all that it shows.
package struct LabelledScene: Sendable, Hashable {
  /// The picture's name in its archive or folder.
  package var file: String
  /// SHA-256 of the picture's bytes, lower-case hexadecimal; nil where the label doesn't say.
  package var sha256: String?
  /// Width times height of the upright picture; nil where the label doesn't say.
  package var pixels: Int?
  /// Its numbers; none is a label too.
  package var numbers: [LabelledNumber]

  /// A scene with its numbers.
  package init(file: String, sha256: String? = nil, pixels: Int? = nil, numbers: [LabelledNumber]) {
    self.file = file
    self.sha256 = sha256
    self.pixels = pixels
    self.numbers = numbers
  }
}

/// A number that a scene shows.
package struct LabelledNumber: Sendable, Hashable {
  /// The number, as text; leading zeros count.
  package var text: String
  /// Where it stands in the upright picture; may reach over its rim.
  package var box: Box

  /// A number in its place.
  package init(text: String, box: Box) {
    self.text = text
    self.box = box
  }
}
