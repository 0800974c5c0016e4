/// What reviewers have to do with a number as it is given; see `NumberQuery.reviewed`.
public struct NumberReview: Sendable, Hashable {
  /// Where a number's text comes from.
  public enum Origin: String, Sendable, CaseIterable {
    /// It was read, and nobody has reviewed it.
    case read
    /// It was read, and a reviewer says the same.
    case confirmed
    /// A reviewer says that it is another number than was read.
    case corrected
    /// A reviewer says that there is a number where none was read.
    case added
  }

  /// Where the text comes from.
  public var origin: Origin
  /// Who decided; nil where nobody did.
  public var reviewer: String?
  /// When, UTC, ISO 8601 with milliseconds; nil where nobody did.
  public var reviewedAt: String?
  /// What was read; nil where nothing was.
  public var readNumber: String?
  /// How sure the reading is, in 1/10,000; nil where nothing was read.
  public var readConfidence: Int?
  /// Whether reviewers say different things of it.
  public var differs: Bool

  /// A review from its parts.
  package init(
    origin: Origin, reviewer: String?, reviewedAt: String?, readNumber: String?, readConfidence: Int?, differs: Bool
  ) {
    (self.origin, self.reviewer, self.reviewedAt) = (origin, reviewer, reviewedAt)
    (self.readNumber, self.readConfidence, self.differs) = (readNumber, readConfidence, differs)
  }
}
