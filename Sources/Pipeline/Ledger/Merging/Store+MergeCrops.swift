import GRDB
import StreetCore

/// Copying the crops of a shard that is attached as `shard`.
extension Store {
  /// Copies the crops of numbers in pictures that the database contains; existing crops are kept. This does not depend
  /// on which of two result sets was kept, so the order of merging does not matter.
  static func takeOverCrops(_ db: Database) throws {
    // A shard with an earlier schema has no crops.
    let has = "SELECT EXISTS (SELECT 1 FROM shard.sqlite_schema WHERE name = 'crops')"
    guard try Bool.fetchOne(db, sql: has) == true else { return }
    let columns = "sha256, box_left, box_top, box_width, box_height, part_left, part_top, part_width, part_height, jpeg"
    try db.execute(
      sql: """
        INSERT INTO main.crops (\(columns))
        SELECT \(columns) FROM shard.crops AS theirs
        WHERE EXISTS (SELECT 1 FROM main.members WHERE members.sha256 = theirs.sha256) AND EXISTS (
          SELECT 1 FROM shard.members JOIN shard.numbers USING (result_set_id, ordinal)
          WHERE members.sha256 = theirs.sha256
            AND (numbers.box_left, numbers.box_top, numbers.box_width, numbers.box_height)
              = (theirs.box_left, theirs.box_top, theirs.box_width, theirs.box_height))
        ON CONFLICT DO NOTHING
        """)
  }
}
