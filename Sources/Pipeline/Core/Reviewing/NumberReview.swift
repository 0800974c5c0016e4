/// The review of a number in a query's result; see `NumberQuery.reviewed`.
public struct NumberReview: Sendable, Hashable {
  /// The origin of a number's text.
  public enum Origin: String, Sendable, CaseIterable {
    /// The number was read, and not reviewed.
    case read
    /// The number was read, and a reviewer confirmed it.
    case confirmed
    /// The number was read, and a reviewer corrected it.
    case corrected
    /// A reviewer added the number where none was read.
    case added
  }

  /// The origin of the text.
  public var origin: Origin
  /// The reviewer; nil if the number was not reviewed.
  public var reviewer: String?
  /// The time of the review, in UTC, ISO 8601 with milliseconds; nil if the number was not reviewed.
  public var reviewedAt: String?
  /// The text that was read; nil if none was read.
  public var readNumber: String?
  /// The confidence of the reading, in 1/10,000; nil if nothing was read.
  public var readConfidence: Int?
  /// Whether reviewers disagree.
  public var differs: Bool

  /// A review from its parts.
  package init(
    origin: Origin, reviewer: String?, reviewedAt: String?, readNumber: String?, readConfidence: Int?, differs: Bool
  ) {
    (self.origin, self.reviewer, self.reviewedAt) = (origin, reviewer, reviewedAt)
    (self.readNumber, self.readConfidence, self.differs) = (readNumber, readConfidence, differs)
  }
}
