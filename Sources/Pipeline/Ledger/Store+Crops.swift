package import DigitNet
import Foundation
import GRDB
package import StreetCore

/// Crops of numbers. No query, export or identity depends on them.
extension Store {
  /// The crop of a number in a picture; nil if none is stored.
  package func crop(ofPicture sha256: String, box: Box) throws(StoreError) -> NumberCrop? {
    try read { db in
      guard try Self.hasCrops(db) else { return nil }
      let statement = try db.cachedStatement(
        sql: """
          SELECT part_left, part_top, part_width, part_height, jpeg FROM crops
          WHERE sha256 = ? AND (box_left, box_top, box_width, box_height) = (?, ?, ?, ?)
          """)
      let row = try Row.fetchOne(statement, arguments: [sha256, box.left, box.top, box.width, box.height])
      return try row.map { row in
        guard case .blob(let jpeg) = (row[4] as DatabaseValue).storage else {
          throw Damage(description: "a crop is no picture")
        }
        return NumberCrop(box: box, part: try row.box(0), jpeg: jpeg)
      }
    }
  }

  /// A picture with numbers that lack crops.
  package struct UncutPicture: Sendable, Hashable {
    /// The SHA-256 of the picture's bytes.
    package let sha256: String
    /// The size of the upright picture.
    package let size: ImageSize
    /// The boxes of the numbers.
    package let boxes: [Box]
  }

  /// The pictures of the newest sets that have numbers with sufficient confidence for a crop, and lack one. Costs
  /// reading all numbers.
  package func uncutPictures() throws(StoreError) -> [UncutPicture] {
    try read { db in
      let rows = try Row.fetchCursor(
        db,
        sql: """
          \(try Self.newestSets(db))
          SELECT DISTINCT members.sha256, width, height, box_left, box_top, box_width, box_height
          FROM newest JOIN members ON members.result_set_id = newest.id AND place = 1
          JOIN numbers ON numbers.result_set_id = newest.id AND numbers.ordinal = members.ordinal
          WHERE members.sha256 IS NOT NULL AND confidence >= ? AND NOT EXISTS (
            SELECT 1 FROM crops WHERE sha256 = members.sha256 AND (box_left, box_top, box_width, box_height)
              = (numbers.box_left, numbers.box_top, numbers.box_width, numbers.box_height))
          ORDER BY members.sha256
          """, arguments: [NumberCrop.minimumConfidence])
      var pictures: [UncutPicture] = []
      while let row = try rows.next() {
        let picture = UncutPicture(
          sha256: try row.text(0), size: ImageSize(width: try row.side(1), height: try row.side(2)),
          boxes: [try row.box(3)])
        if let last = pictures.last, last.sha256 == picture.sha256, last.size == picture.size {
          pictures[pictures.count - 1] = UncutPicture(
            sha256: last.sha256, size: last.size, boxes: last.boxes + picture.boxes)
        } else {
          pictures.append(picture)
        }
      }
      return pictures
    }
  }

  /// Stores crops of pictures that are still known; existing crops are kept.
  package func keep(_ crops: [(sha256: String, crop: NumberCrop)]) throws(StoreError) {
    guard !crops.isEmpty else { return }
    try write { db in
      let known = try db.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM members WHERE sha256 = ?)")
      for (sha256, crop) in crops where try Bool.fetchOne(known, arguments: [sha256]) == true {
        try Self.insert(crop, of: sha256, db)
      }
    }
  }

  /// The number of crops.
  package func cropCount() throws(StoreError) -> Int {
    try read { db in
      try Self.hasCrops(db) ? Int.fetchOne(db, sql: "SELECT count(*) FROM crops") ?? 0 : 0
    }
  }

  /// Deletes all crops and shrinks the file; returns the number of crops and of bytes freed. Costs writing the database
  /// once, and disk space for two copies.
  package func pruneCrops() throws(StoreError) -> (crops: Int, bytes: Int) {
    try deleteSecurely()
    let before = try byteCount()
    let count = try write { db in
      try db.execute(sql: "DELETE FROM crops")
      return db.changesCount
    }
    if count > 0 { try rewrite() }
    return (count, max(0, before - (try byteCount())))
  }

  static func hasCrops(_ db: Database) throws -> Bool { try schemaVersion(db) >= Schema.withCrops }

  /// Stores a crop, unless there is one.
  static func insert(_ crop: NumberCrop, of sha256: String, _ db: Database) throws {
    let statement = try db.cachedStatement(
      sql: """
        INSERT INTO crops (sha256, box_left, box_top, box_width, box_height, part_left, part_top, part_width, part_height, jpeg)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
        """)
    let (box, part) = (crop.box, crop.part)
    try statement.execute(
      arguments: [
        sha256, box.left, box.top, box.width, box.height, part.left, part.top, part.width, part.height, crop.jpeg,
      ])
  }

  /// Deletes crops of numbers that are in no set any more.
  static func dropOrphanedCrops(_ db: Database) throws {
    try db.execute(
      sql: """
        DELETE FROM crops WHERE NOT EXISTS (
          SELECT 1 FROM members JOIN numbers USING (result_set_id, ordinal)
          WHERE members.sha256 = crops.sha256
            AND (numbers.box_left, numbers.box_top, numbers.box_width, numbers.box_height)
              = (crops.box_left, crops.box_top, crops.box_width, crops.box_height))
        """)
  }
}
