package import DigitNet

/// The label of a large picture with any number of house numbers, all of which are labelled.
package struct LabelledScene: Sendable, Hashable {
  /// The name of the picture in its archive or folder.
  package var file: String
  /// The SHA-256 of the picture's bytes, in lower-case hexadecimal; nil if the label has none.
  package var sha256: String?
  /// The number of pixels of the upright picture; nil if the label has no size.
  package var pixels: Int?
  /// The numbers; may be empty.
  package var numbers: [LabelledNumber]

  /// The label of a scene.
  package init(file: String, sha256: String? = nil, pixels: Int? = nil, numbers: [LabelledNumber]) {
    self.file = file
    self.sha256 = sha256
    self.pixels = pixels
    self.numbers = numbers
  }
}

/// A labelled number in a scene.
package struct LabelledNumber: Sendable, Hashable {
  /// The number as text, including leading zeros.
  package var text: String
  /// The box in the upright picture; it may extend beyond the picture's edge.
  package var box: Box

  /// A number with its box.
  package init(text: String, box: Box) {
    self.text = text
    self.box = box
  }
}
