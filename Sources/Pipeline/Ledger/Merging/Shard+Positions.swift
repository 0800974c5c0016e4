import GRDB
import StreetCore

/// The positions in a shard.
extension Shard {
  /// Throws if a position is not one that streetnum writes.
  func checkPositions(_ db: Database) throws {
    guard try Store.hasPositions(db) else { return }
    for (sql, what) in Shard.unlikePositions + Store.invariantsOfPositions {
      if let row = try Row.fetchOne(db, sql: sql + " LIMIT 1") {
        let values = row.map { "\($0) \($1)" }.joined(separator: ", ")
        throw StoreError.damaged(shard: path, "\(what): \(values.prefix(200))")
      }
    }
    if let name = try Store.wrongChoices(db, limit: 1).first {
      throw StoreError.damaged(shard: path, "a position is not what its statements say: \(name.prefix(200))")
    }
  }

  private static let unlikePositions = [
    (
      "SELECT id FROM positions WHERE \(notDigest("sha256")) OR \(notText("name", from: 0)) OR revision > 1000000000",
      "a position's values are out of range"
    ),
    (
      """
      SELECT position_id FROM position_statements
      WHERE sidecar <> '' AND \(notDigest("sidecar")) OR position_id NOT IN (SELECT id FROM positions)
      """, "a statement belongs to nothing"
    ),
    (
      """
      SELECT name FROM sidecars WHERE \(notDigest("sha256")) OR \(notText("name", from: 1)) OR \(notTime("taken_at"))
        OR source_id NOT IN (SELECT id FROM sources)
      """, "a file of positions is none"
    ),
  ]
}
