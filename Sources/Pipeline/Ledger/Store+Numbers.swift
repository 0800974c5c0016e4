package import DigitNet
import GRDB
package import StreetCore

extension Store {
  /// The result for a picture with the same bytes, read by a method with the same digest, whatever the limits: its
  /// size, its numbers, and the latest revision of the rules that turned it upright; nil if there is none. Costs one
  /// index lookup, and one per number.
  package func knownOutcome(sha256: String, method: ReadingMethod) throws(StoreError) -> KnownOutcome? {
    try access {
      try queue.read { db in
        let member = try db.cachedStatement(
          sql: """
            SELECT result_set_id, ordinal, width, height, rules
            FROM members JOIN result_sets ON result_sets.id = result_set_id
            WHERE sha256 = ? AND members.state = 'done' AND method = ? ORDER BY rules DESC, result_set_id LIMIT 1
            """)
        let row = try Row.fetchOne(member, arguments: [sha256, method.digest])
        guard let row else { return nil }
        let key = try (row.integer(0, in: 0...Int.max), row.integer(1, in: 0...Int.max))
        return KnownOutcome(
          size: ImageSize(width: try row.side(2), height: try row.side(3)), numbers: try Self.numbers(of: key, db),
          rules: try row.integer(4, in: 1...Int.max), set: Int64(key.0))
      }
    }
  }

  /// The outcome of a member; nil if it has none. Costs index lookups.
  package func outcome(at ordinal: Int, in set: ResultSet) throws(StoreError) -> MemberOutcome? {
    try read { db in
      let statement = try db.cachedStatement(
        sql: """
          SELECT name, byte_count, sha256, alias_of, state, reason, message, width, height FROM members
          WHERE result_set_id = ? AND ordinal = ? AND state <> 'pending'
          """)
      guard let row = try Row.fetchOne(statement, arguments: [set.id, ordinal]) else { return nil }
      let state: MemberOutcome.State
      switch try row.text(4) {
      case "done":
        state = .done(
          width: try row.side(7), height: try row.side(8), numbers: try Self.numbers(of: (Int(set.id), ordinal), db))
      case "rejected": state = .rejected(Reason(id: try row.text(5), message: try row.text(6)))
      default: state = .ignored(Reason(id: try row.text(5), message: try row.text(6)))
      }
      return MemberOutcome(
        ordinal: ordinal, name: try row.text(0), byteCount: try row.integer(1, in: 0...Int.max),
        sha256: try row.optionalText(2), offset: nil, aliasOf: try row.optionalInteger(3), state: state)
    }
  }

  private static func numbers(of member: (set: Int, ordinal: Int), _ db: Database) throws -> [HouseNumber] {
    let statement = try db.cachedStatement(
      sql: """
        SELECT rank, text, confidence, box_left, box_top, box_width, box_height FROM numbers
        WHERE result_set_id = ? AND ordinal = ? ORDER BY rank
        """)
    return try Row.fetchAll(statement, arguments: [member.set, member.ordinal]).map { row in
      let key = (member.set, member.ordinal, try row.integer(0, in: 0...Int.max))
      return try number(key, stored: row, from: 1, db)
    }
  }

  /// A number with its digits; text, confidence and box are in the columns from one on.
  static func number(
    _ key: (set: Int, ordinal: Int, rank: Int), stored row: Row, from column: Int, _ db: Database
  ) throws -> HouseNumber {
    let statement = try db.cachedStatement(
      sql: """
        SELECT digit, score, box_left, box_top, box_width, box_height FROM digits
        WHERE result_set_id = ? AND ordinal = ? AND rank = ? ORDER BY position
        """)
    let digits = try Row.fetchAll(statement, arguments: [key.set, key.ordinal, key.rank]).map { row in
      Digit(
        value: try row.integer(0, in: 0...9), score: try row.integer(1, in: Confidence.range),
        box: try row.box(2))
    }
    let text = try row.text(column)
    guard !digits.isEmpty else { throw Damage(description: "number \(text) has no digits") }
    let number = HouseNumber(digits: digits, confidence: try row.integer(column + 1, in: Confidence.range))
    guard number.text == text else {
      throw Damage(description: "number \(text) has the digits \(number.text)")
    }
    guard number.box == (try row.box(column + 2)) else {
      throw Damage(description: "number \(text) is not where its digits are")
    }
    return number
  }
}

/// The earlier result for a picture.
package struct KnownOutcome: Sendable, Equatable {
  /// The size of the upright picture at that time.
  package let size: ImageSize
  /// The numbers.
  package let numbers: [HouseNumber]
  /// The revision of the rules that turned it upright.
  package let rules: Int
  /// The id of the first set with it.
  package let set: Int64

  /// The final state of the member.
  package var state: MemberOutcome.State { .done(width: size.width, height: size.height, numbers: numbers) }
}
