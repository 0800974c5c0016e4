import DigitNet
import GRDB
package import StreetCore

/// Reading decisions.
extension Store {
  /// All decisions on a picture by counter, including undone ones. Costs index lookups.
  package func decisions(ofPicture sha256: String) throws(StoreError) -> [Decision] {
    try read { db in try Self.decisions(ofPicture: sha256, db) }
  }

  /// A reviewer's latest decision that is in force, which undo would undo; nil if there is none. Costs index lookups.
  package func lastDecision(of reviewer: String) throws(StoreError) -> Decision? {
    try read { db in
      guard try Self.hasDecisions(db) else { return nil }
      let rows = try Row.fetchCursor(
        db,
        sql: """
          SELECT \(Self.decisionColumns) FROM decisions WHERE reviewer = ? AND verdict <> 'undo'
          ORDER BY decided_at DESC, counter DESC, id DESC
          """, arguments: [reviewer])
      while let row = try rows.next() {
        let decision = try Self.decision(row)
        let standing = try Self.decisions(ofPicture: decision.picture, db).inForce()
        if standing.contains(decision) { return decision }
      }
      return nil
    }
  }

  /// Whether the database has decisions; one with an earlier schema, opened for reading, does not.
  static func hasDecisions(_ db: Database) throws -> Bool {
    try Bool.fetchOne(
      db.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM main.sqlite_schema WHERE name = 'decisions')")) ?? false
  }

  static func decisions(ofPicture sha256: String, _ db: Database) throws -> [Decision] {
    guard try hasDecisions(db) else { return [] }
    let statement = try db.cachedStatement(
      sql: "SELECT \(decisionColumns) FROM main.decisions WHERE sha256 = ? ORDER BY counter, reviewer, id")
    return try Row.fetchAll(statement, arguments: [sha256]).map(decision)
  }

  static func decision(id: String, _ db: Database) throws -> Decision? {
    let statement = try db.cachedStatement(sql: "SELECT \(decisionColumns) FROM main.decisions WHERE id = ?")
    return try Row.fetchOne(statement, arguments: [id]).map(decision)
  }

  static let decisionColumns =
    "id, sha256, counter, reviewer, verdict, box_left, box_top, box_width, box_height, shown, text, undoes, decided_at, mode, "
    + "sample_id, model_id, method"

  static func decision(_ row: Row) throws -> Decision {
    let verdict: Verdict
    switch try Verdict.Kind(rawValue: row.text(4)) {
    case .confirmed: verdict = .confirmed
    case .corrected: verdict = .corrected(try row.text(10))
    case .notANumber: verdict = .notANumber
    case .missed: verdict = .missed(try row.text(10))
    case .complete: verdict = .complete
    case .skipped: verdict = .skipped
    case .undo: verdict = .undo(try row.text(11))
    case nil: throw Damage(description: "a decision's verdict is \(try row.text(4))")
    }
    let mode: ReviewMode =
      switch try row.text(13) {
      case "queue": .queue
      case "sample": .sample(try row.text(14))
      default: .browse
      }
    return Decision(
      id: try row.text(0), picture: try row.text(1), counter: try row.integer(2, in: 1...Int.max),
      reviewer: try row.text(3), verdict: verdict, box: (row[5] as DatabaseValue).isNull ? nil : try row.box(5),
      shown: try row.optionalText(9), decidedAt: try row.text(12), mode: mode, model: try row.optionalText(15),
      method: try row.optionalText(16))
  }
}
