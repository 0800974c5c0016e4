/// A reviewer's verdict on a place in a picture, on a whole picture, or on an earlier decision.
package enum Verdict: Sendable, Hashable {
  /// The number that was shown is right.
  case confirmed
  /// The number is a different one, with these digits.
  case corrected(String)
  /// There is no house number.
  case notANumber
  /// A number with these digits was missed. The reviewer drew its box.
  case missed(String)
  /// All numbers of the picture have been decided on; it shows no others.
  case complete
  /// The reviewer can't tell, and should not be asked again.
  case skipped
  /// The earlier decision with this id no longer counts.
  case undo(String)

  /// The name in the database and in JSON.
  package enum Kind: String, Sendable, CaseIterable {
    case confirmed
    case corrected
    case notANumber = "not_a_number"
    case missed
    case complete
    case skipped
    case undo
  }

  /// The kind of verdict.
  package var kind: Kind {
    switch self {
    case .confirmed: .confirmed
    case .corrected: .corrected
    case .notANumber: .notANumber
    case .missed: .missed
    case .complete: .complete
    case .skipped: .skipped
    case .undo: .undo
    }
  }

  /// Whether the verdict judges a reading that was shown.
  package var judgesReading: Bool {
    switch self {
    case .confirmed, .corrected, .notANumber, .skipped: true
    case .missed, .complete, .undo: false
    }
  }

  /// Whether the verdict states which number, if any, is at a place.
  package var isClaim: Bool {
    switch self {
    case .confirmed, .corrected, .notANumber, .missed: true
    case .complete, .skipped, .undo: false
    }
  }
}
