package import DigitNet

/// A picture that a reviewer has marked as complete, with all the numbers that it shows.
package struct LabelledPicture: Sendable, Hashable {
  /// The source's name, and the picture's in it.
  package var archive, image: String
  /// SHA-256 of its bytes, lower-case hexadecimal.
  package var sha256: String
  /// Its size, upright.
  package var size: ImageSize
  /// Its numbers, by box.
  package var numbers: [Number]
  /// Whether reviewers say different things of a place in it; the latest decision counts.
  package var differs: Bool

  /// A number and where it stands.
  package struct Number: Sendable, Hashable {
    /// One to six digits.
    package var text: String
    /// Pixels of the upright picture.
    package var box: Box
  }

  /// What decisions say of a picture, whatever was read in it; nil where it is not complete.
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
