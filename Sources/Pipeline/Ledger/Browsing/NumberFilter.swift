import StreetCore

/// Which numbers to browse: all that meet every condition that is set.
package struct NumberFilter: Sendable, Hashable, Codable {
  /// Exactly this number, as text: "007" is not "7".
  package var number: String?
  /// Numbers that begin with these digits.
  package var prefix: String?
  /// Numbers that match a pattern, with `*` for any text and `?` for any one character.
  package var like: String?
  /// Images whose name in the archive matches a pattern.
  package var image: String?
  /// Archives whose name matches a pattern.
  package var archive: String?
  /// The least confidence, in 1/10,000.
  package var minimumConfidence = Confidence.usual
  /// The largest confidence, in 1/10,000.
  package var maximumConfidence = Confidence.one
  /// What reviewers have made of them; nil for whatever that is.
  package var review: ReviewFilter?

  /// All numbers of the usual confidence.
  package init() {}
}

/// What reviewers have made of numbers that are browsed.
package enum ReviewFilter: String, Sendable, Hashable, Codable, CaseIterable {
  /// Nobody has decided, though some may have skipped it.
  case unreviewed
  /// Somebody has decided, whatever.
  case reviewed
  case confirmed
  case corrected
  case notANumber = "not_a_number"
  case added
  /// Reviewers say different things.
  case differs
}

/// Which numbers come first.
package enum BrowseOrder: String, Sendable, Hashable, Codable, CaseIterable {
  /// Those of the archive whose name sorts first; by ordinal and rank.
  case place
  /// The surest, then those whose text sorts last.
  case surestFirst = "surest_first"
  /// The least sure, then those whose text sorts first.
  case leastSureFirst = "least_sure_first"
}
