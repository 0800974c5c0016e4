import StreetCore

/// A filter for browsing: numbers must meet every condition that is set.
package struct NumberFilter: Sendable, Hashable, Codable {
  /// Exactly this text: "007" is not "7".
  package var number: String?
  /// The first digits of the number.
  package var prefix: String?
  /// A pattern for the number, with `*` for any text and `?` for any character.
  package var like: String?
  /// A pattern for the picture's name in the archive.
  package var image: String?
  /// A pattern for the archive's name.
  package var archive: String?
  /// The minimum confidence, in 1/10,000.
  package var minimumConfidence = Confidence.usual
  /// The maximum confidence, in 1/10,000.
  package var maximumConfidence = Confidence.one
  /// The review state; nil for any.
  package var review: ReviewFilter?

  /// All numbers with at least the default confidence.
  package init() {}
}

/// The review states that can be filtered.
package enum ReviewFilter: String, Sendable, Hashable, Codable, CaseIterable {
  /// Nobody has decided; reviewers may have skipped the number.
  case unreviewed
  /// A reviewer has decided.
  case reviewed
  case confirmed
  case corrected
  case notANumber = "not_a_number"
  case added
  /// Reviewers disagree.
  case differs
}

/// The sort orders for browsing.
package enum BrowseOrder: String, Sendable, Hashable, Codable, CaseIterable {
  /// By archive name, ordinal and rank.
  case place
  /// By descending confidence, then descending text.
  case surestFirst = "surest_first"
  /// By ascending confidence, then ascending text.
  case leastSureFirst = "least_sure_first"
}
