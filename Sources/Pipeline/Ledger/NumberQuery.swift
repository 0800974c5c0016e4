public import StreetCore

/// Which numbers to give: all that meet every condition that is set.
public struct NumberQuery: Sendable, Hashable {
  /// Exactly this number, as text: "007" is not "7".
  public var number: String?
  /// Numbers that begin with this.
  public var prefix: String?
  /// Numbers that match a pattern, with `*` for any text and `?` for any one character.
  public var like: String?
  /// Images whose name in the archive matches a pattern.
  public var image: String?
  /// Archives whose name matches a pattern.
  public var archive: String?
  /// Results of one model, instead of each source's newest: its id, or hexadecimal digits that it begins with.
  public var model: String?
  /// Whether numbers are given with their provenance.
  public var withProvenance = false
  /// Whether numbers are given with what is known of where and when their pictures were taken.
  public var withGeotag = false
  /// Photographs alone that were taken no farther than a distance from a point.
  public var near: Surrounding?
  /// Photographs alone that were taken within bounds.
  public var bounds: GeographicBounds?
  /// Photographs alone that were taken then: milliseconds since 1970-01-01 00:00:00 UTC, both ends included. One without an instant,
  /// whose zone is not known, is never among them.
  public var captured: ClosedRange<Int>?
  /// Whether reviewers' decisions are applied: corrected texts, without what they say is no number, with what they added. Their
  /// numbers have a confidence of 1. Conditions are for the numbers that come of it.
  public var reviewed = false
  /// Sources alone that were read to their end since a time, UTC, ISO 8601, or are being read since; nil for all.
  package var since: String?
  /// The least confidence, in 1/10,000.
  public var minimumConfidence = Confidence.usual
  /// At most so many; nil for all.
  public var limit: Int?

  /// All points no farther from one than a distance.
  public struct Surrounding: Sendable, Hashable {
    /// Their middle.
    public var centre: Coordinate
    /// The distance in metres along a great circle, 0 or more.
    public var metres: Double

    /// Points around a centre.
    public init(centre: Coordinate, metres: Double) { (self.centre, self.metres) = (centre, metres) }
  }

  /// Which come first.
  public enum Order: Sendable, Hashable {
    /// Those of the archive whose name sorts first; by ordinal, falling confidence, box.
    case place
    /// The surest, then by place.
    case surestFirst
    /// The least sure, then by place.
    case leastSureFirst
  }

  /// Which come first.
  public var order = Order.place

  /// All numbers of the usual confidence.
  public init() {}
}
