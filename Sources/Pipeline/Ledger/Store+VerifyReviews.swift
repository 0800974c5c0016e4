import GRDB
import StreetCore

/// Invariants of decisions and of the tables derived from other tables.
extension Store {
  /// The invariant that an undone decision exists and is on the same picture.
  static let invariantOfUndoing = (
    """
    SELECT id AS decision FROM decisions AS undo WHERE verdict = 'undo' AND NOT EXISTS (
      SELECT 1 FROM decisions WHERE decisions.id = undo.undoes AND decisions.sha256 = undo.sha256)
    """, "a decision undoes none of the same picture"
  )

  static let invariantsOfReviews = [
    invariantOfUndoing,
    (
      """
      SELECT sources.name AS source FROM sources LEFT JOIN newest_sets ON newest_sets.source_id = sources.id
      LEFT JOIN (SELECT id, source_id FROM (\(Schema.newest(of: "true"))) WHERE place = 1) AS newest
        ON newest.source_id = sources.id
      WHERE newest_sets.result_set_id IS NOT newest.id
      """, "a source has another newest result set"
    ),
    (difference(confidenceCounts, "SELECT * FROM confidence_counts"), "numbers are counted wrongly"),
    (
      difference("SELECT text, count(*) FROM numbers GROUP BY 1", "SELECT * FROM text_counts"),
      "a count of texts is wrong"
    ),
  ]

  private static let confidenceCounts =
    "SELECT result_set_id, confidence / 100, count(*), sum(confidence) FROM numbers GROUP BY 1, 2"

  /// SQL for the rows that only one of two tables has.
  private static func difference(_ a: String, _ b: String) -> String {
    "SELECT * FROM (SELECT * FROM (\(a)) EXCEPT \(b)) UNION ALL SELECT * FROM (\(b) EXCEPT SELECT * FROM (\(a)))"
  }

  /// Applies all decisions again, and compares the result with what is stored.
  static func faultsOfReviews(_ db: Database) throws -> [String] {
    var faults: [String] = []
    let stray = try Int.fetchOne(
      db,
      sql: """
        SELECT count(*) FROM reviewed_numbers LEFT JOIN members USING (result_set_id, ordinal)
        WHERE sha256 IS NULL OR sha256 NOT IN (SELECT sha256 FROM decisions)
        """)
    if let stray, stray > 0 { faults.append("\(stray) reviewed numbers belong to no decision") }
    for picture in try String.fetchAll(db, sql: "SELECT DISTINCT sha256 FROM decisions ORDER BY 1") {
      let decisions = try decisions(ofPicture: picture, db)
      for member in try readPictures("", picture, orderedBy: "1, 2", db) {
        let expected = reviewedNumbers(Resolution(decisions, readings: member.readings))
        guard try storedReviews(member, db) != expected.sorted(by: { $0.place < $1.place }) else { continue }
        faults.append("decisions are applied wrongly: set \(member.set), ordinal \(member.ordinal)")
      }
    }
    return faults
  }

  private static func storedReviews(_ member: ReadPicture, _ db: Database) throws -> [ReviewedNumber] {
    let statement = try db.cachedStatement(
      sql: """
        SELECT place, state, text, read_text, read_confidence, box_left, box_top, box_width, box_height, reviewer, decided_at,
          differs, claims, reviewers FROM reviewed_numbers WHERE (result_set_id, ordinal) = (?, ?) ORDER BY place
        """)
    return try Row.fetchAll(statement, arguments: [member.set, member.ordinal]).map { row in
      guard let state = ReviewState(rawValue: try row.text(1)) else {
        throw Damage(description: "a review's state is \(try row.text(1))")
      }
      let box = try row.box(5)
      let reading = try row.optionalText(3).map { text in
        Resolution.Reading(text: text, confidence: try row.integer(4, in: Confidence.range), box: box)
      }
      return ReviewedNumber(
        place: try row.integer(0, in: 0...Int.max), state: state, text: try row.optionalText(2), reading: reading,
        box: box, reviewer: try row.optionalText(9), decidedAt: try row.optionalText(10),
        differs: try row.integer(11, in: 0...1) == 1, claims: try row.integer(12, in: 0...Int.max),
        reviewers: try row.text(13))
    }
  }
}
