package import StreetCore

/// A random sample of numbers, of which precision is estimated.
package struct RandomSample: Sendable, Hashable {
  /// Its id.
  package var id: String
  /// What decides its order: items are sorted by a hash of the seed and the number.
  package var seed: String
  /// How many numbers there were to draw from.
  package var population: Int
  /// Of which numbers it was drawn.
  package var filter: NumberFilter
  /// When, UTC, ISO 8601 with milliseconds.
  package var createdAt: String
  /// How many numbers were drawn.
  package var size: Int
}

/// How many of a sample's numbers are right, as far as they were reviewed.
package struct PrecisionEstimate: Sendable, Hashable {
  /// Those that are what was read among those on which somebody decided; its interval is Wilson's, 95 %.
  package var precision: Share
  /// Numbers of the sample on which nobody has decided yet, skipped ones among them.
  package var open: Int
  /// Skipped numbers: where there are many, those that were decided on may be the easy ones.
  package var skipped: Int
}
