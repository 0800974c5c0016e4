package import DigitNet

/// What a reviewer decided, once: a row that is never changed. Undoing appends another.
///
/// It belongs to a picture's bytes and a box, so that it applies in any result set and any database.
package struct Decision: Sendable, Hashable {
  /// Its own id; the same in each database that has it.
  package var id: String
  /// SHA-256 of the picture's bytes, lower-case hexadecimal.
  package var picture: String
  /// 1 + the largest of the picture when it was made. Of several decisions on a place the largest decides, then the reviewer that
  /// sorts last, then the text, then the id.
  package var counter: Int
  /// Who decided.
  package var reviewer: String
  /// What was decided.
  package var verdict: Verdict
  /// The number's box, in pixels of the upright picture; nil of a whole picture, and of an undo.
  package var box: Box?
  /// The text that was shown there; nil where no reading was judged.
  package var shown: String?
  /// When, UTC, ISO 8601 with milliseconds.
  package var decidedAt: String
  /// How the reviewer came upon it.
  package var mode: ReviewMode
  /// SHA-256 of the model file whose reading was judged; nil where none was.
  package var model: String?
  /// `result_sets.method` of the reading that was judged; nil where none was.
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

  /// The number that stands at the box according to it; nil where it says that there is none, and where it says nothing of a box.
  package var text: String? {
    switch verdict {
    case .confirmed: shown
    case .corrected(let text), .missed(let text): text
    case .notANumber, .complete, .skipped, .undo: nil
    }
  }
}

extension Decision: Comparable {
  /// Of two decisions the larger one decides.
  package static func < (a: Decision, b: Decision) -> Bool {
    (a.counter, a.reviewer, a.text ?? "", a.id) < (b.counter, b.reviewer, b.text ?? "", b.id)
  }
}

extension Sequence<Decision> {
  /// Those that are not undone, without the undoing ones; the one that decides comes first.
  ///
  /// An undo that is undone itself counts no more, so that what it had undone counts again. An undo reaches what is smaller than
  /// itself alone.
  package func inForce() -> [Decision] {
    var undone: Set<String> = []
    var standing: [Decision] = []
    for decision in sorted(by: >) where !undone.contains(decision.id) {
      if case .undo(let id) = decision.verdict { undone.insert(id) } else { standing.append(decision) }
    }
    return standing
  }
}
