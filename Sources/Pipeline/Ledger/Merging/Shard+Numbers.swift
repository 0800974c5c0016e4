import GRDB
import StreetCore

/// The consistency of a shard's members, numbers and digits.
extension Shard {
  /// Throws if a number is not inside a picture that was read, is out of order among the picture's numbers, or differs
  /// from its digits; if a digit has no number; or if the rows of a table are not in key order. This covers all
  /// constraints of the tables of numbers and digits; checking these separately would take a fifth longer.
  ///
  /// The three tables are read once, side by side in key order; looking up the rows of each number takes four times as
  /// long, a tenth of the time of merging.
  func checkNumbers(_ db: Database) throws {
    var pictures = try Pictures(db)
    let numbers = try IntegerRows(
      """
      SELECT result_set_id, ordinal, rank, confidence, box_left, box_top, box_width, box_height,
        CAST('1' || text AS INTEGER), length(CAST(text AS BLOB))
      FROM numbers ORDER BY result_set_id, ordinal, rank
      """, db)
    let digits = try IntegerRows(
      """
      SELECT result_set_id, ordinal, rank, score, box_left, box_top, box_width, box_height, position, digit
      FROM digits ORDER BY result_set_id, ordinal, rank, position
      """, db)
    var hasDigit = try digits.advance()
    var last: (key: NumberKey, confidence: Int64)?
    while try numbers.advance() {
      let (key, number, confidence) = (NumberKey(numbers), Spelling(number: numbers), numbers[3])
      let largest = key.rank == 0 ? 10_000 : last?.confidence ?? 0
      guard key.follows(last?.key), 0 <= confidence, confidence <= largest else {
        throw damaged("a member's numbers are not in their order", key)
      }
      last = (key, confidence)
      guard let picture = try pictures.find(key.member), number.lies(in: picture) else {
        throw damaged("a number belongs to no picture that was read", key)
      }
      var (spelled, length) = (Spelling?.none, Int64(0))
      while hasDigit, NumberKey(digits) == key {
        guard digits[8] == length, length < 6, let longer = Spelling(digits, after: spelled) else {
          throw misspelled(key)
        }
        (spelled, length) = (longer, length + 1)
        hasDigit = try digits.advance()
      }
      guard spelled == number, numbers[9] == length else { throw misspelled(key) }
    }
    if hasDigit { throw misspelled(NumberKey(digits)) }
    guard try pictures.areOrdered() else { throw StoreError.damaged(shard: path, "members are not in their order") }
  }

  private func misspelled(_ key: NumberKey) -> StoreError {
    damaged("a number's text differs from its digits", key)
  }

  private func damaged(_ what: String, _ key: NumberKey) -> StoreError {
    .damaged(
      shard: path, "\(what): result_set_id \(key.member.set), ordinal \(key.member.ordinal), rank \(key.rank)")
  }
}

/// The key of a member.
private struct MemberKey: Equatable {
  let set, ordinal: Int64

  init(_ row: IntegerRows) { (set, ordinal) = (row[0], row[1]) }

  func isBefore(_ other: MemberKey) -> Bool { (set, ordinal) < (other.set, other.ordinal) }
}

/// The key of a number.
private struct NumberKey: Equatable {
  let member: MemberKey
  let rank: Int64

  init(_ row: IntegerRows) { (member, rank) = (MemberKey(row), row[2]) }

  /// Whether the key is that of a member's next number, or of the first number of a later member.
  func follows(_ last: NumberKey?) -> Bool {
    guard let last else { return rank == 0 }
    return last.member == member ? rank == last.rank &+ 1 : rank == 0 && last.member.isBefore(member)
  }
}

/// Members in key order.
private struct Pictures {
  /// 0 if the member is not a picture that was read.
  struct Size { let width, height: Int64 }

  private let rows: IntegerRows
  private var current: MemberKey?
  private var isOrdered = true

  init(_ db: Database) throws {
    rows = try IntegerRows(
      """
      SELECT result_set_id, ordinal, iif(state = 'done', width, 0), height FROM members ORDER BY result_set_id, ordinal
      """, db)
  }

  /// The size of a member, which must not precede the last one requested; nil if there is no such member.
  mutating func find(_ key: MemberKey) throws -> Size? {
    while current?.isBefore(key) ?? true {
      guard try advance() else { return nil }
    }
    return current == key ? Size(width: rows[2], height: rows[3]) : nil
  }

  /// Reads the remaining rows; returns whether all keys are in ascending order.
  mutating func areOrdered() throws -> Bool {
    while try advance() {}
    return isOrdered
  }

  private mutating func advance() throws -> Bool {
    guard try rows.advance() else { return false }
    let key = MemberKey(rows)
    isOrdered = isOrdered && current?.isBefore(key) ?? true
    current = key
    return true
  }
}

/// A number computed from its digits: the text, and the box around them.
private struct Spelling: Equatable {
  /// The digits after a leading 1, as an integer, so that leading zeros count. No other text of the same length in
  /// bytes has the same integer, because SQLite ignores everything after the last digit.
  let text: Int64
  let left, top, right, bottom: Int64

  /// The values in a row of `numbers`.
  init(number row: IntegerRows) {
    (left, top, text) = (row[4], row[5], row[8])
    (right, bottom) = (Self.end(left, row[6]), Self.end(top, row[7]))
  }

  /// Adds a row of `digits` to those before it; nil if it violates a constraint of its table.
  init?(_ row: IntegerRows, after before: Spelling?) {
    let (score, left, top, width, height, digit) = (row[3], row[4], row[5], row[6], row[7], row[9])
    guard 0...9 ~= digit, 0...10_000 ~= score, left >= 0, top >= 0, width >= 1, height >= 1 else { return nil }
    let (right, bottom) = (Self.end(left, width), Self.end(top, height))
    text = (before?.text ?? 1) * 10 + digit
    (self.left, self.top) = (min(before?.left ?? left, left), min(before?.top ?? top, top))
    (self.right, self.bottom) = (max(before?.right ?? right, right), max(before?.bottom ?? bottom, bottom))
  }

  /// The end of a side of a box, clamped to the largest integer.
  private static func end(_ begin: Int64, _ length: Int64) -> Int64 {
    let (end, isBeyond) = begin.addingReportingOverflow(length)
    return isBeyond ? .max : end
  }

  /// Whether the box is inside a picture as `Store.invariantOfBoxes` requires.
  func lies(in picture: Pictures.Size) -> Bool {
    left >= 0 && top >= 0 && left < picture.width && right - left <= picture.width && bottom <= picture.height
  }
}
