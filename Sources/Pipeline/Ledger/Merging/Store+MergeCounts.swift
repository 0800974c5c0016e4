import GRDB
import StreetCore

/// Updating the counts for browsing with the numbers of a shard that is attached as `shard`.
extension Store {
  /// Drops the trigger that counts each inserted number, which takes four times as long as counting a set at once.
  /// Returns the SQL that creates it again, which must run in the same transaction.
  static func dropCounting(_ db: Database) throws -> [String] { try drop("trigger", ["number_counted"], db) }

  /// Counts the numbers of a set that were inserted without being counted.
  ///
  /// GROUP BY would sort them twice and take twice as long. There are at most as many texts as numbers of six digits.
  static func countNumbers(ofSet id: Int64, _ db: Database) throws {
    var confidences: [Int: (count: Int, total: Int)] = [:]
    var texts: [String: Int] = [:]
    let rows = try Row.fetchCursor(
      db, sql: "SELECT confidence, text FROM main.numbers WHERE result_set_id = ?", arguments: [id])
    while let row = try rows.next() {
      let confidence = try row.integer(0, in: Confidence.range)
      let counted = confidences[confidence / 100] ?? (0, 0)
      confidences[confidence / 100] = (counted.count + 1, counted.total + confidence)
      texts[try row.text(1), default: 0] += 1
    }
    let ofConfidence = try db.cachedStatement(
      sql: """
        INSERT INTO main.confidence_counts (result_set_id, hundredth, count, total) VALUES (?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET count = count + excluded.count, total = total + excluded.total
        """)
    for (hundredth, counted) in confidences.sorted(by: { $0.key < $1.key }) {
      try ofConfidence.execute(arguments: [id, hundredth, counted.count, counted.total])
    }
    let ofText = try db.cachedStatement(
      sql: """
        INSERT INTO main.text_counts (text, count) VALUES (?, ?) ON CONFLICT DO UPDATE SET count = count + excluded.count
        """)
    for (text, count) in texts.sorted(by: { $0.key < $1.key }) { try ofText.execute(arguments: [text, count]) }
  }
}
