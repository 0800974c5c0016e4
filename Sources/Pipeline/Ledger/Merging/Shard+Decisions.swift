import GRDB
import StreetCore

/// The decisions in a shard: rows by other people.
extension Shard {
  /// Throws if a decision or a sample is not one that streetnum writes.
  func checkDecisions(_ db: Database) throws {
    let has = "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'decisions')"
    guard try Bool.fetchOne(db, sql: has) == true else { return }
    for (sql, what) in Shard.unlikeDecisions + [Store.invariantOfUndoing] {
      if let id = try String.fetchOne(db, sql: sql + " LIMIT 1") {
        throw StoreError.damaged(shard: path, "\(what): \(id.prefix(64))")
      }
    }
    for filters in try String.fetchAll(db, sql: "SELECT DISTINCT filters FROM samples") {
      _ = try Store.filter(of: filters)
    }
  }

  private static let box = "max(box_left, box_top, box_width, box_height)"

  private static let unlikeDecisions = [
    (
      """
      SELECT id FROM decisions WHERE \(notID("id")) OR \(notDigest("sha256")) OR counter > \(largestGeneration)
        OR \(notText("reviewer", from: 1)) OR reviewer GLOB '*[' || char(1) || '-' || char(31) || ']*'
        OR undoes IS NOT NULL AND \(notID("undoes")) OR sample_id IS NOT NULL AND \(notID("sample_id"))
        OR model_id IS NOT NULL AND \(notDigest("model_id")) OR method IS NOT NULL AND \(notDigest("method"))
        OR box_left IS NOT NULL AND \(box) > \(longestSide) OR \(notTime("decided_at"))
      """, "a decision's values are out of range"
    ),
    (
      """
      SELECT id FROM samples WHERE \(notID("id")) OR \(notText("seed", from: 1)) OR \(notObject("filters"))
        OR \(notTime("created_at"))
      """, "a sample's values are out of range"
    ),
    (
      """
      SELECT sample_id FROM sample_items WHERE \(notDigest("sha256")) OR \(box) > \(longestSide) OR length(hash) <> 16
        OR NOT EXISTS (SELECT 1 FROM samples WHERE id = sample_id)
      """, "a sample's item is out of range"
    ),
  ]

  private static func notID(_ column: String) -> String {
    "(length(CAST(\(column) AS BLOB)) NOT BETWEEN 1 AND 64 OR \(column) GLOB '*[^0-9A-Za-z-]*')"
  }
}
