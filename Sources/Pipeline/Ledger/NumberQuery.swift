import StreetCore

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
  /// Whether reviewers' decisions are applied: corrected texts, without what they say is no number, with what they added. Their
  /// numbers have a confidence of 1. Conditions are for the numbers that come of it.
  public var reviewed = false
  /// Sources alone that were read to their end since a time, UTC, ISO 8601, or are being read since; nil for all.
  package var since: String?
  /// The least confidence, in 1/10,000.
  public var minimumConfidence = Confidence.usual
  /// At most so many; nil for all.
  public var limit: Int?

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
