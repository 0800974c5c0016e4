package import DigitNet

/// One decision by a reviewer: a row that never changes. Undoing it appends another row.
///
/// A decision refers to a picture's bytes and a box, so it applies to any result set and any database.
package struct Decision: Sendable, Hashable {
  /// The decision's id, which is the same in every database.
  package var id: String
  /// The SHA-256 of the picture's bytes, in lower-case hexadecimal.
  package var picture: String
  /// The largest counter of the picture at the time, plus 1. Of several decisions about one place, the one with the
  /// largest counter applies; ties are broken by reviewer, then text, then id, of which the last in order wins.
  package var counter: Int
  /// The reviewer.
  package var reviewer: String
  /// The verdict.
  package var verdict: Verdict
  /// The number's box in pixels of the upright picture; nil for verdicts on a whole picture and for undo.
  package var box: Box?
  /// The text that was shown to the reviewer; nil if the decision does not judge a reading.
  package var shown: String?
  /// The time of the decision, in UTC, ISO 8601 with milliseconds.
  package var decidedAt: String
  /// How the reviewer reached the item.
  package var mode: ReviewMode
  /// The SHA-256 of the model file whose reading was judged; nil if no reading was judged.
  package var model: String?
  /// The `result_sets.method` of the reading that was judged; nil if no reading was judged.
  package var method: String?

  /// A decision from its parts.
  package init(
    id: String, picture: String, counter: Int, reviewer: String, verdict: Verdict, box: Box?, shown: String?,
    decidedAt: String, mode: ReviewMode, model: String?, method: String?
  ) {
    (self.id, self.picture, self.counter, self.reviewer) = (id, picture, counter, reviewer)
    (self.verdict, self.box, self.shown, self.decidedAt) = (verdict, box, shown, decidedAt)
    (self.mode, self.model, self.method) = (mode, model, method)
  }

  /// The number that the decision places at the box; nil if it says that there is none, or does not concern a box.
  package var text: String? {
    switch verdict {
    case .confirmed: shown
    case .corrected(let text), .missed(let text): text
    case .notANumber, .complete, .skipped, .undo: nil
    }
  }
}

extension Decision: Comparable {
  /// Orders decisions by precedence: the larger of two applies.
  package static func < (a: Decision, b: Decision) -> Bool {
    (a.counter, a.reviewer, a.text ?? "", a.id) < (b.counter, b.reviewer, b.text ?? "", b.id)
  }
}

extension Sequence<Decision> {
  /// The decisions that are in force, without undos; the one that applies comes first.
  ///
  /// An undo that has itself been undone no longer counts, so the decision it undid counts again. An undo only affects
  /// smaller decisions.
  package func inForce() -> [Decision] {
    var undone: Set<String> = []
    var standing: [Decision] = []
    for decision in sorted(by: >) where !undone.contains(decision.id) {
      if case .undo(let id) = decision.verdict { undone.insert(id) } else { standing.append(decision) }
    }
    return standing
  }
}
