/// The review state of a number.
package enum ReviewState: String, Sendable, Hashable, CaseIterable {
  /// The reading was confirmed.
  case confirmed
  /// The reading was corrected to another number.
  case corrected
  /// There is no number.
  case notANumber = "not_a_number"
  /// A reviewer added a number that was not read.
  case added
  /// A reviewer skipped it, and nobody has decided.
  case skipped
}
