import DigitNet
import Foundation
import GRDB
import StreetCore

/// The table of the numbers of each set with decisions applied. It is derived from `decisions` and `numbers`.
extension Store {
  /// A member of a set that is a picture with a given SHA-256, with its readings.
  struct ReadPicture {
    var set, ordinal: Int
    var size: ImageSize
    var model, method: String
    var readings: [Resolution.Reading]
  }

  /// The members of the newest sets that are the given picture, sorted by source name.
  static func newestMembers(ofPicture sha256: String, _ db: Database) throws -> [ReadPicture] {
    try readPictures(
      """
      JOIN newest_sets ON newest_sets.result_set_id = members.result_set_id
      JOIN sources ON sources.id = newest_sets.source_id AND kind <> 'stream'
      """, sha256, orderedBy: "sources.name, identity, ordinal", db)
  }

  static func readPictures(
    _ join: String, _ sha256: String, orderedBy order: String, _ db: Database
  ) throws -> [ReadPicture] {
    let statement = try db.cachedStatement(
      sql: """
        SELECT members.result_set_id, ordinal, width, height, model_id, method
        FROM main.members JOIN main.result_sets ON result_sets.id = members.result_set_id \(join)
        WHERE members.sha256 = ? AND members.state = 'done' ORDER BY \(order)
        """)
    return try Row.fetchAll(statement, arguments: [sha256]).map { row in
      let (set, ordinal) = (try row.integer(0, in: 0...Int.max), try row.integer(1, in: 0...Int.max))
      return ReadPicture(
        set: set, ordinal: ordinal, size: ImageSize(width: try row.side(2), height: try row.side(3)),
        model: try row.text(4), method: try row.text(5), readings: try readings(set, ordinal, db))
    }
  }

  /// The numbers of a member, by rank.
  static func readings(_ set: Int, _ ordinal: Int, _ db: Database) throws -> [Resolution.Reading] {
    let statement = try db.cachedStatement(
      sql: """
        SELECT text, confidence, box_left, box_top, box_width, box_height FROM main.numbers
        WHERE result_set_id = ? AND ordinal = ? ORDER BY rank
        """)
    return try Row.fetchAll(statement, arguments: [set, ordinal]).map { row in
      Resolution.Reading(
        text: try row.text(0), confidence: try row.integer(1, in: Confidence.range), box: try row.box(2))
    }
  }

  /// Computes the rows of a picture again, in all sets.
  static func applyDecisions(toPicture sha256: String, _ db: Database) throws {
    let decisions = try decisions(ofPicture: sha256, db)
    for picture in try readPictures("", sha256, orderedBy: "1, 2", db) {
      try db.cachedStatement(sql: "DELETE FROM main.reviewed_numbers WHERE (result_set_id, ordinal) = (?, ?)")
        .execute(arguments: [picture.set, picture.ordinal])
      guard !decisions.isEmpty else { continue }
      for row in reviewedNumbers(Resolution(decisions, readings: picture.readings)) {
        try insert(row, of: (picture.set, picture.ordinal), db)
      }
    }
  }

  /// Computes the rows of a picture that has just been stored, if there are earlier decisions on it. Without any, this
  /// costs one index lookup.
  static func applyEarlierDecisions(toPicture sha256: String, _ db: Database) throws {
    let isDecided = try Bool.fetchOne(
      db.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM main.decisions WHERE sha256 = ?)"), arguments: [sha256])
    guard isDecided == true else { return }
    try applyDecisions(toPicture: sha256, db)
  }

  /// A row of the table, without its keys.
  struct ReviewedNumber: Hashable {
    var place: Int
    var state: ReviewState
    var text: String?
    var reading: Resolution.Reading?
    var box: Box
    var reviewer, decidedAt: String?
    var differs: Bool
    var claims: Int
    var reviewers: String
  }

  /// The rows for a resolution.
  static func reviewedNumbers(_ resolution: Resolution) -> [ReviewedNumber] {
    let readings = resolution.spots.count { $0.reading != nil }
    return resolution.spots.enumerated().compactMap { index, spot in
      guard let state = spot.state, spot.reading != nil || state == .added else { return nil }
      let names = spot.claims.map(\.reviewer) + spot.skippers
      return ReviewedNumber(
        place: index < readings ? index : Schema.firstAddedPlace + index - readings, state: state, text: spot.text,
        reading: spot.reading, box: spot.box, reviewer: spot.claims.first?.reviewer,
        decidedAt: spot.claims.first?.decidedAt, differs: spot.differs, claims: spot.claims.count,
        reviewers: names.sorted().map { "\n\($0)\n" }.joined())
    }
  }

  private static func insert(_ row: ReviewedNumber, of member: (set: Int, ordinal: Int), _ db: Database) throws {
    let statement = try db.cachedStatement(
      sql: """
        INSERT INTO main.reviewed_numbers (result_set_id, ordinal, place, state, text, read_text, read_confidence, box_left, box_top,
          box_width, box_height, reviewer, decided_at, differs, claims, reviewers)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)
    let box = row.box
    try statement.execute(
      arguments: [
        member.set, member.ordinal, row.place, row.state.rawValue, row.text, row.reading?.text,
        row.reading?.confidence, box.left, box.top, box.width, box.height, row.reviewer, row.decidedAt, row.differs,
        row.claims, row.reviewers,
      ])
  }
}
