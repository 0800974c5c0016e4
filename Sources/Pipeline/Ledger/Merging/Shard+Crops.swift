import Foundation
import GRDB
import StreetCore

/// The crops in a shard: files from other machines, which people will look at.
extension Shard {
  /// Throws if a crop is not one that streetnum cuts and encodes.
  func checkCrops(_ db: Database) throws {
    guard try Store.hasCrops(db) else { return }
    // SQLite determines the size of a value without reading it, so oversized values are never loaded into memory.
    if let crop = try Row.fetchOne(db, sql: Shard.unlikeCrops) {
      throw StoreError.damaged(shard: path, "a crop's values are out of range: crop \(crop[0] as DatabaseValue)")
    }
    let crops = try Row.fetchCursor(db, sql: "SELECT id, jpeg FROM crops")
    while let crop = try crops.next() {
      guard case .blob(let jpeg) = (crop[1] as DatabaseValue).storage, NumberCrop.isCropFile(jpeg) else {
        throw StoreError.damaged(shard: path, "a crop is no small JPEG: crop \(crop[0] as DatabaseValue)")
      }
    }
  }

  private static let unlikeCrops = """
    SELECT id FROM crops
    WHERE \(notDigest("sha256")) OR length(jpeg) > \(NumberCrop.maximumBytes)
      OR max(box_left, box_top, box_width, box_height, part_width, part_height) > \(longestSide)
      OR part_left > box_left OR part_top > box_top OR part_left + part_width < box_left + box_width
      OR part_top + part_height < box_top + box_height
    LIMIT 1
    """
}
