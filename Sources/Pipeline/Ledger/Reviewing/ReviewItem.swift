package import DigitNet
import StreetCore

/// A number that a reviewer is asked about.
package struct ReviewItem: Sendable, Hashable {
  /// SHA-256 of the picture's bytes.
  package var picture: String
  /// Its size, upright.
  package var size: ImageSize
  /// The number's box.
  package var box: Box
  /// The text that is shown: a decision has to name it.
  package var shown: String
  /// How sure the reading is, in 1/10,000.
  package var confidence: Int
  /// The source's name, and the picture's in it.
  package var archive, image: String
  /// Its place in a random sample, from 0; nil in a queue.
  package var place: Int?

  /// What a lease is for.
  package var item: ReviewLeases.Item { ReviewLeases.Item(picture: picture, box: box) }
}
