package import StreetCore

/// A number with what a page shows of it.
package struct BrowsedNumber: Sendable, Hashable {
  /// The number, its picture, and its review. Where what was read is browsed its text and its confidence are those that were read;
  /// where what was reviewed is browsed, those of the review.
  package var found: FoundNumber
  /// SHA-256 of the picture's bytes; nil where they were not all read.
  package var imageSHA256: String?
  /// `sources.identity` of the source.
  package var source: String
  /// Its rank among the picture's numbers; of what a reviewer added 1,000,000 or more.
  package var place: Int
  /// What reviewers have made of it; nil where nobody has reviewed it.
  package var state: ReviewState?
  /// Whether reviewers say different things.
  package var differs: Bool
}

/// Some numbers of a long list.
package struct BrowsePage: Sendable, Hashable {
  /// The numbers, in order.
  package var numbers: [BrowsedNumber]
  /// Where the next page begins: hand it to the next question; nil where there is none.
  package var next: String?
}

/// How many there are, counted no further than to a limit.
package struct CappedCount: Sendable, Hashable {
  /// How many were counted.
  package var value: Int
  /// Whether that is all of them; there are more, else.
  package var isExact: Bool

  /// Counts end here.
  package static let most = 10_000

  /// Such as `37`, or `10,000+`.
  package var text: String {
    let digits = String(value)
    let grouped = value < 1_000 ? digits : "\(digits.dropLast(3)),\(digits.suffix(3))"
    return grouped + (isExact ? "" : "+")
  }
}
