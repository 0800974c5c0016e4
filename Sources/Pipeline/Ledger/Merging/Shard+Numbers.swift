import GRDB
import StreetCore

/// What a shard's numbers and digits say of each other.
extension Shard {
  /// Throws where a number's text or box is not that of its digits, or a digit has no number.
  ///
  /// Both tables are read once, side by side in the order of their keys: looking digits up for each number took four times as long,
  /// a tenth of merging. What is no integer is read as one here, and refused by the tables that take it over.
  func checkDigits(_ db: Database) throws {
    let numbers = try Row.fetchCursor(
      db,
      sql: """
        SELECT result_set_id, ordinal, rank, length(CAST(text AS BLOB)), CAST(text AS INTEGER), box_left, box_top,
          box_left + box_width, box_top + box_height
        FROM numbers ORDER BY result_set_id, ordinal, rank
        """)
    let digits = try Row.fetchCursor(
      db,
      sql: """
        SELECT result_set_id, ordinal, rank, position, digit, box_left, box_top, box_left + box_width, box_top + box_height
        FROM digits ORDER BY result_set_id, ordinal, rank, position
        """)
    var digit = try digits.next()
    while let number = try numbers.next() {
      var spelled: Spelling?
      while let row = digit, isSameNumber(row, number) {
        spelled = try Spelling(row, after: spelled) ?? { throw mismatch(number) }()
        digit = try digits.next()
      }
      guard spelled == Spelling(number: number) else { throw mismatch(number) }
    }
    if let digit { throw mismatch(digit) }
  }

  private func isSameNumber(_ one: Row, _ other: Row) -> Bool {
    one[0] as Int64? == other[0] && one[1] as Int64? == other[1] && one[2] as Int64? == other[2]
  }

  private func mismatch(_ row: Row) -> StoreError {
    let key = zip(["result_set_id", "ordinal", "rank"], row.databaseValues).map { "\($0) \($1)" }
    return .damaged(shard: path, "a number is not what its digits are: \(key.joined(separator: ", ").prefix(200))")
  }
}

/// A number as its digits make it: how many they are, what they are together, and the box around them.
private struct Spelling: Equatable {
  let length, value, left, top, right, bottom: Int64

  /// What a row of `numbers` says.
  init(number row: Row) {
    (length, value) = (row[3] ?? -1, row[4] ?? -1)
    (left, top, right, bottom) = (row[5] ?? -1, row[6] ?? -1, row[7] ?? -1, row[8] ?? -1)
  }

  /// A row of `digits` added to those before it; nil where it is not the next digit of a text, or lies outside any picture.
  init?(_ row: Row, after before: Spelling?) {
    let (position, digit): (Int64, Int64) = (row[3] ?? -1, row[4] ?? -1)
    guard position == before?.length ?? 0, 0...5 ~= position, 0...9 ~= digit else { return nil }
    let (left, top): (Int64, Int64) = (row[5] ?? -1, row[6] ?? -1)
    let (right, bottom): (Int64, Int64) = (row[7] ?? -1, row[8] ?? -1)
    (length, value) = (position + 1, (before?.value ?? 0) * 10 + digit)
    (self.left, self.top) = (min(before?.left ?? left, left), min(before?.top ?? top, top))
    (self.right, self.bottom) = (max(before?.right ?? right, right), max(before?.bottom ?? bottom, bottom))
  }
}
