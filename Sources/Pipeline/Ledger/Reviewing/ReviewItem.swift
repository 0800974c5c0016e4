package import DigitNet
import StreetCore

/// A number to be reviewed.
package struct ReviewItem: Sendable, Hashable {
  /// The SHA-256 of the picture's bytes.
  package var picture: String
  /// The size of the upright picture.
  package var size: ImageSize
  /// The number's box.
  package var box: Box
  /// The text that is shown, which the decision must repeat.
  package var shown: String
  /// The confidence of the reading, in 1/10,000.
  package var confidence: Int
  /// The names of the source and of the picture in it.
  package var archive, image: String
  /// The position in a random sample, from 0; nil for a queue.
  package var place: Int?

  /// The item as the key of a lease.
  package var item: ReviewLeases.Item { ReviewLeases.Item(picture: picture, box: box) }
}
