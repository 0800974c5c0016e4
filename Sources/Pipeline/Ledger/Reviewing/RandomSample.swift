package import StreetCore

/// A random sample of numbers for estimating precision.
package struct RandomSample: Sendable, Hashable {
  /// The id.
  package var id: String
  /// The seed of the order: items are sorted by a hash of the seed and the number.
  package var seed: String
  /// The size of the population.
  package var population: Int
  /// The filter that defines the population.
  package var filter: NumberFilter
  /// When the sample was drawn, in UTC, ISO 8601 with milliseconds.
  package var createdAt: String
  /// The number of items drawn.
  package var size: Int
}

/// The estimated precision of a sample's population, from the items reviewed so far.
package struct PrecisionEstimate: Sendable, Hashable {
  /// The share of items read correctly among those decided; its interval is Wilson's, 95 %.
  package var precision: Share
  /// The number of items without a decision, including skipped ones.
  package var open: Int
  /// The number of skipped items. If there are many, those decided may be the easy ones, which biases the estimate.
  package var skipped: Int
}
