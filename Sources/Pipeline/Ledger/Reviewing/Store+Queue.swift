import DigitNet
import GRDB
import StreetCore

/// The next items for a reviewer.
extension Store {
  /// One in this many numbers is given to two reviewers, to measure their agreement.
  package static let overlap = 20

  /// The next numbers of a filter that the reviewer has not decided, by ascending confidence, with leases.
  ///
  /// A number that another reviewer has decided is included if it is one of the 5 % that are given to two reviewers.
  /// Which these are depends only on the picture's SHA-256 and the box. Numbers leased to other reviewers are skipped.
  ///
  /// - Parameter count: The number of items, 1 to 100.
  package func nextItems(
    _ filter: NumberFilter, for reviewer: String, count: Int = 10, leases: ReviewLeases, within seconds: Double? = 1
  ) throws(StoreError) -> [ReviewItem] {
    let count = min(max(count, 1), 100)
    return try read(within: seconds) { db in
      var filter = filter
      filter.review = nil
      let plan = try BrowsePlan(filter, .leastSureFirst, reviewed: false, names: nil, db)
      var items: [ReviewItem] = []
      var cursors = try [
        BrowseStatement.Side.undecided: Self.queue(.undecided, plan, for: reviewer, db),
        .decided: Self.queue(.decided, plan, for: reviewer, db),
      ]
      var heads: [BrowseStatement.Side: ReviewItem] = [:]
      while items.count < count {
        for (side, cursor) in cursors where heads[side] == nil {
          heads[side] = try Self.nextItem(cursor, side)
          if heads[side] == nil { cursors[side] = nil }
        }
        let least = heads.min { a, b in
          (a.value.confidence, a.value.shown, a.key.rawValue)
            < (b.value.confidence, b.value.shown, b.key.rawValue)
        }
        guard let (side, item) = least else { break }
        heads[side] = nil
        if leases.take(item.item, for: reviewer) { items.append(item) }
      }
      return items
    }
  }

  private static func queue(
    _ side: BrowseStatement.Side, _ plan: BrowsePlan, for reviewer: String, _ db: Database
  ) throws -> RowCursor {
    let statement = BrowseStatement.queue(side, plan, for: reviewer)
    return try Row.fetchCursor(db, sql: statement.sql, arguments: statement.arguments)
  }

  private static func nextItem(_ rows: RowCursor, _ side: BrowseStatement.Side) throws -> ReviewItem? {
    while let row = try rows.next() {
      guard let picture = try row.optionalText(15) else { continue }
      let item = ReviewItem(
        picture: picture, size: ImageSize(width: try row.side(6), height: try row.side(7)), box: try row.box(10),
        shown: try row.text(8), confidence: try row.integer(9, in: Confidence.range), archive: try row.text(3),
        image: try row.text(5))
      if side == .undecided || item.item.isForTwo { return item }
    }
    return nil
  }
}

extension ReviewLeases.Item {
  /// Whether the item is given to two reviewers.
  package var isForTwo: Bool {
    let text = "\(picture) \(box.left) \(box.top) \(box.width) \(box.height)"
    return stableHash(text) % UInt64(Store.overlap) == 0
  }
}

/// A hash of a text that is the same on every machine: 64-bit FNV-1a, followed by the final steps of SplitMix64 for
/// better distribution.
func stableHash(_ text: String) -> UInt64 {
  var hash: UInt64 = 0xCBF2_9CE4_8422_2325
  for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
  hash = (hash ^ hash >> 30) &* 0xBF58_476D_1CE4_E5B9
  hash = (hash ^ hash >> 27) &* 0x94D0_49BB_1331_11EB
  return hash ^ hash >> 31
}
