package import StreetCore

/// A number with the details that a page shows.
package struct BrowsedNumber: Sendable, Hashable {
  /// The number with its picture and review. Text and confidence are those of the reading or of the review, depending
  /// on the query.
  package var found: FoundNumber
  /// The SHA-256 of the picture's bytes; nil if not all of them were read.
  package var imageSHA256: String?
  /// The `sources.identity` of the source.
  package var source: String
  /// The rank among the picture's numbers; at least 1,000,000 for numbers added by a reviewer.
  package var place: Int
  /// The review state; nil if the number was not reviewed.
  package var state: ReviewState?
  /// Whether reviewers disagree.
  package var differs: Bool
}

/// A page of a list of numbers.
package struct BrowsePage: Sendable, Hashable {
  /// The numbers, in order.
  package var numbers: [BrowsedNumber]
  /// The cursor of the next page; nil if there is none.
  package var next: String?
}

/// A count with an upper limit.
package struct CappedCount: Sendable, Hashable {
  /// The count, up to the limit.
  package var value: Int
  /// Whether the count is exact; otherwise there may be more.
  package var isExact: Bool

  /// The limit.
  package static let most = 10_000

  /// A count from its parts.
  package init(value: Int, isExact: Bool) { (self.value, self.isExact) = (value, isExact) }

  /// The text, such as `37` or `10,000+`.
  package var text: String { grouped(value) + (isExact ? "" : "+") }
}
