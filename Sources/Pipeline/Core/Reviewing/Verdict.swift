/// What a reviewer says of a place in a picture, of a picture, or of an earlier decision.
package enum Verdict: Sendable, Hashable {
  /// The number is the one that was shown.
  case confirmed
  /// The number is another: its digits.
  case corrected(String)
  /// There is no house number.
  case notANumber
  /// A number that was not found: its digits. The decision's box was drawn by the reviewer.
  case missed(String)
  /// All numbers of the picture are decided on, and it shows no others.
  case complete
  /// The reviewer can't tell, and does not want to be asked again.
  case skipped
  /// An earlier decision no longer counts: its id.
  case undo(String)

  /// Its name in the database and in JSON.
  package enum Kind: String, Sendable, CaseIterable {
    case confirmed
    case corrected
    case notANumber = "not_a_number"
    case missed
    case complete
    case skipped
    case undo
  }

  /// Which of the verdicts it is.
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

  /// Whether it judges a reading that was shown.
  package var judgesReading: Bool {
    switch self {
    case .confirmed, .corrected, .notANumber, .skipped: true
    case .missed, .complete, .undo: false
    }
  }

  /// Whether it says what stands at a place.
  package var isClaim: Bool {
    switch self {
    case .confirmed, .corrected, .notANumber, .missed: true
    case .complete, .skipped, .undo: false
    }
  }
}
