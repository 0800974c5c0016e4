/// What reviewers have made of a number.
package enum ReviewState: String, Sendable, Hashable, CaseIterable {
  /// It is what was read.
  case confirmed
  /// It is another number than was read.
  case corrected
  /// There is none.
  case notANumber = "not_a_number"
  /// It was not read, and a reviewer gave it.
  case added
  /// Somebody skipped it, and nobody has decided.
  case skipped
}
