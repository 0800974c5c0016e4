import DigitNet
import GRDB
import StreetCore

/// The parts of a query that apply reviewers' decisions, used only on request.
extension Store {
  /// The SQL for a table `reviewed` of numbers with decisions applied, and its additional columns. A database with an
  /// earlier schema, opened for reading, has no decisions.
  static func reviews(_ db: Database) throws -> (table: String, columns: String) {
    let box = "box_left, box_top, box_width, box_height"
    let hasDecisions = try hasDecisions(db)
    let decided =
      "(r.result_set_id, r.ordinal, r.place) = (numbers.result_set_id, numbers.ordinal, rank) AND state <> 'skipped'"
    let table = """
      ,
      reviewed AS (
        SELECT result_set_id, ordinal, rank, text, confidence, \(box), NULL AS review_state, 0 AS differs, NULL AS reviewer,
          NULL AS decided_at, text AS read_text, confidence AS read_confidence
        FROM numbers WHERE \(hasDecisions ? "NOT EXISTS (SELECT 1 FROM reviewed_numbers r WHERE \(decided))" : "true")
        \(hasDecisions ? "UNION ALL \(decidedNumbers(box))" : "")
      )
      """
    return (table, ", review_state, differs, reviewer, decided_at, read_text, read_confidence")
  }

  private static func decidedNumbers(_ box: String) -> String {
    """
    SELECT result_set_id, ordinal, place, text, \(Confidence.one), \(box), state, differs, reviewer, decided_at, read_text,
          read_confidence
        FROM reviewed_numbers WHERE text IS NOT NULL AND state <> 'skipped'
    """
  }

  /// The review in the columns of a row from one on.
  static func review(_ row: Row, from column: Int) throws -> NumberReview {
    let origin: NumberReview.Origin =
      switch try row.optionalText(column).map(ReviewState.init(rawValue:)) {
      case nil: .read
      case .some(.confirmed): .confirmed
      case .some(.corrected): .corrected
      case .some(.added): .added
      case .some: throw Damage(description: "a number's review is \(try row.text(column))")
      }
    return NumberReview(
      origin: origin, reviewer: try row.optionalText(column + 2), reviewedAt: try row.optionalText(column + 3),
      readNumber: try row.optionalText(column + 4), readConfidence: try row.optionalInteger(column + 5),
      differs: try row.integer(column + 1, in: 0...1) == 1)
  }

  /// A number given by a reviewer; text, confidence and box are in the columns from one on.
  static func givenNumber(_ row: Row, from column: Int) throws -> HouseNumber {
    HouseNumber(
      text: try row.text(column), confidence: try row.integer(column + 1, in: Confidence.range),
      box: try row.box(column + 2))
  }
}

extension NumberReview {
  /// Whether a reviewer gave the text, so that the number has no digits of its own.
  var isGiven: Bool { origin == .corrected || origin == .added }
}
