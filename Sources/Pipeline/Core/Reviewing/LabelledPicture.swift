package import DigitNet

/// A picture that a reviewer has marked as complete, with all numbers that it shows.
package struct LabelledPicture: Sendable, Hashable {
  /// The name of the source, and the member name of the picture.
  package var archive, image: String
  /// The SHA-256 of the picture's bytes, in lower-case hexadecimal.
  package var sha256: String
  /// The size of the upright picture.
  package var size: ImageSize
  /// The numbers, sorted by box.
  package var numbers: [Number]
  /// Whether reviewers disagree about a place in the picture; the latest decision applies.
  package var differs: Bool

  /// A number and its box.
  package struct Number: Sendable, Hashable {
    /// The text of one to six digits.
    package var text: String
    /// The box in pixels of the upright picture.
    package var box: Box
  }

  /// The numbers of a picture according to decisions alone, regardless of readings; nil if the picture is not marked as
  /// complete.
  package init?(
    archive: String, image: String, sha256: String, size: ImageSize, decisions: some Sequence<Decision>
  ) {
    let resolution = Resolution(decisions, readings: [])
    guard resolution.completion != nil else { return nil }
    (self.archive, self.image, self.sha256, self.size) = (archive, image, sha256, size)
    numbers = resolution.spots.compactMap { spot in spot.text.map { Number(text: $0, box: spot.box) } }
      .sorted { ($0.box, $0.text) < ($1.box, $1.text) }
    differs = resolution.spots.contains(where: \.differs)
  }
}
