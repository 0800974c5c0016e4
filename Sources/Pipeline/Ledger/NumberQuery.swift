public import StreetCore

/// A query for numbers: they must meet every condition that is set.
public struct NumberQuery: Sendable, Hashable {
  /// Exactly this text: "007" is not "7".
  public var number: String?
  /// The first digits of the number.
  public var prefix: String?
  /// A pattern for the number, with `*` for any text and `?` for any character.
  public var like: String?
  /// A pattern for the picture's name in the archive.
  public var image: String?
  /// A pattern for the archive's name.
  public var archive: String?
  /// The model whose results are queried, instead of each source's newest results: its id, or the first digits of it.
  public var model: String?
  /// Whether to return the provenance of numbers.
  public var withProvenance = false
  /// Whether to return the geotags of pictures.
  public var withGeotag = false
  /// Only photographs taken within a distance of a point.
  public var near: Surrounding?
  /// Only photographs taken within these bounds.
  public var bounds: GeographicBounds?
  /// Only photographs taken in this period, in milliseconds since 1970-01-01 00:00:00 UTC, inclusive. Photographs
  /// without an instant, because their time zone is unknown, are left out.
  public var captured: ClosedRange<Int>?
  /// Whether to apply reviewers' decisions: with corrected texts and added numbers, and without rejected ones. Decided
  /// numbers have a confidence of 1. The conditions apply to the result.
  public var reviewed = false
  /// Only sources that were completed since a time (UTC, ISO 8601), or are incomplete and were started since; nil for
  /// all.
  package var since: String?
  /// The minimum confidence, in 1/10,000.
  public var minimumConfidence = Confidence.usual
  /// The maximum number of results; nil for all.
  public var limit: Int?

  /// The area within a distance of a point.
  public struct Surrounding: Sendable, Hashable {
    /// The centre.
    public var centre: Coordinate
    /// The distance in metres along a great circle, 0 or more.
    public var metres: Double

    /// The area around a centre.
    public init(centre: Coordinate, metres: Double) { (self.centre, self.metres) = (centre, metres) }
  }

  /// The sort orders.
  public enum Order: Sendable, Hashable {
    /// By archive name, ordinal, descending confidence and box.
    case place
    /// By descending confidence, then by place.
    case surestFirst
    /// By ascending confidence, then by place.
    case leastSureFirst
  }

  /// The sort order.
  public var order = Order.place

  /// All numbers with at least the default confidence.
  public init() {}
}
