package import DigitNet
import GRDB

extension Store {
  /// The size of a picture that was read, upright; nil if its bytes are unknown. Costs an index lookup.
  package func size(ofPicture sha256: String) throws(StoreError) -> ImageSize? {
    try read { db in
      let statement = try db.cachedStatement(
        sql: "SELECT width, height FROM members WHERE sha256 = ? AND state = 'done' LIMIT 1")
      return try Row.fetchOne(statement, arguments: [sha256]).map { row in
        ImageSize(width: try row.side(0), height: try row.side(1))
      }
    }
  }
}
