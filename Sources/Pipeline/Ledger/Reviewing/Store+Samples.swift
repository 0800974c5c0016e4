import DigitNet
import Foundation
import GRDB
import StreetCore

/// Random samples. Their items are reviewed in random order, regardless of confidence, so the result estimates
/// precision.
extension Store {
  /// Draws a sample from the numbers of a filter, regardless of reviews. The same seed draws the same numbers from the
  /// same results.
  ///
  /// Costs reading the numbers of the filter, which blocks no other process, and a short transaction.
  ///
  /// - Parameters:
  /// - size: The number of items, 1 to 10,000; if there are fewer numbers, all are drawn.
  /// - seed: 1 to 100 characters; nil to generate one.
  package func makeSample(_ filter: NumberFilter, size: Int, seed: String? = nil) throws(StoreError) -> RandomSample {
    var filter = filter
    filter.review = nil
    let size = min(max(size, 1), 10_000)
    let seed = seed ?? UUID().uuidString.lowercased()
    let (population, items) = try read { db in try Self.draw(filter, size, seed, db) }
    let id = UUID().uuidString.lowercased()
    return try write { db in
      let now = try String.fetchOne(db, sql: "SELECT \(Self.now)") ?? ""
      let sample = RandomSample(
        id: id, seed: seed, population: population, filter: filter, createdAt: now, size: items.count)
      try db.execute(
        sql: "INSERT INTO samples (id, seed, population, filters, created_at) VALUES (?, ?, ?, ?, ?)",
        arguments: [id, seed, population, try Self.text(of: filter), now])
      let statement = try db.cachedStatement(
        sql: """
          INSERT INTO sample_items (sample_id, place, hash, sha256, box_left, box_top, box_width, box_height, shown, confidence)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          """)
      for (place, item) in items.enumerated() {
        let box = item.box
        try statement.execute(
          arguments: [
            id, place, item.hashText, item.picture, box.left, box.top, box.width, box.height, item.shown,
            item.confidence,
          ])
      }
      return sample
    }
  }

  /// All samples, latest first.
  package func samples() throws(StoreError) -> [RandomSample] {
    try read { db in
      guard try Self.hasDecisions(db) else { return [] }
      return try Row.fetchAll(
        db,
        sql: """
          SELECT id, seed, population, filters, created_at,
            (SELECT count(*) FROM sample_items WHERE sample_id = samples.id)
          FROM samples ORDER BY created_at DESC, id
          """
      ).map { row in
        RandomSample(
          id: try row.text(0), seed: try row.text(1), population: try row.integer(2, in: 0...Int.max),
          filter: try Self.filter(of: row.text(3)), createdAt: try row.text(4),
          size: try row.integer(5, in: 0...Int.max))
      }
    }
  }

  /// The next items of a sample, in its order, that nobody has decided in this sample and the reviewer has not skipped,
  /// with leases. Items of the 5 % that are given to two reviewers also come for a second reviewer. Items whose reading
  /// has changed since are skipped.
  ///
  /// - Parameter count: The number of items, 1 to 100.
  /// - Throws: `review.unknown_sample`, and the other errors of reading.
  package func nextItems(
    ofSample id: String, for reviewer: String, count: Int = 10, leases: ReviewLeases
  ) throws(StoreError) -> [ReviewItem] {
    try read { db in
      let judged = try sampleDecisions(id, db)
      var items: [ReviewItem] = []
      for (place, item) in try Self.sampleItems(id, db).enumerated() where items.count < min(max(count, 1), 100) {
        let decisions = judged[item.key] ?? []
        guard !decisions.contains(where: { $0.reviewer == reviewer }) else { continue }
        let reviewers = Set(decisions.filter(\.verdict.isClaim).map(\.reviewer))
        guard reviewers.isEmpty || reviewers.count == 1 && item.key.isForTwo else { continue }
        guard let found = try Self.reviewItem(item, place, db), leases.take(item.key, for: reviewer) else { continue }
        items.append(found)
      }
      return items
    }
  }

  /// The estimated precision of a sample's population, from the decisions made in this sample only. The part reviewed
  /// so far is a random sample, too, because the order is random.
  ///
  /// Throws `review.unknown_sample`, and the other errors of reading.
  package func precisionEstimate(ofSample id: String) throws(StoreError) -> PrecisionEstimate {
    try read { db in
      let judged = try sampleDecisions(id, db)
      var (right, decided, skipped, open) = (0, 0, 0, 0)
      for item in try Self.sampleItems(id, db) {
        let decisions = judged[item.key] ?? []
        if let decision = decisions.first(where: \.verdict.isClaim) {
          decided += 1
          right += decision.text == item.shown ? 1 : 0
        } else {
          open += 1
          skipped += decisions.isEmpty ? 0 : 1
        }
      }
      return PrecisionEstimate(precision: Share(right, of: decided), open: open, skipped: skipped)
    }
  }

  private struct DrawnNumber {
    var hash: UInt64
    var picture, shown: String
    var box: Box
    var confidence: Int

    var key: ReviewLeases.Item { ReviewLeases.Item(picture: picture, box: box) }

    /// The hash with leading zeros, so that texts sort like numbers.
    var hashText: String {
      let digits = String(hash, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }
  }

  /// The decisions of a sample that are in force, by item; the one that applies comes first.
  private func sampleDecisions(_ id: String, _ db: Database) throws -> [ReviewLeases.Item: [Decision]] {
    let isKnown = try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM samples WHERE id = ?)", arguments: [id])
    guard isKnown == true else { throw StoreError.unknownSample(path, id) }
    let all = try Row.fetchAll(
      db,
      sql: """
        SELECT \(Self.decisionColumns) FROM decisions
        WHERE sha256 IN (SELECT sha256 FROM decisions WHERE sample_id = ?) AND (sample_id = ? OR verdict = 'undo')
        """, arguments: [id, id]
    ).map(Self.decision)
    var found: [ReviewLeases.Item: [Decision]] = [:]
    for decision in all.inForce() {
      guard let box = decision.box else { continue }
      found[ReviewLeases.Item(picture: decision.picture, box: box), default: []].append(decision)
    }
    return found
  }

  private static func sampleItems(_ id: String, _ db: Database) throws -> [DrawnNumber] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT sha256, shown, box_left, box_top, box_width, box_height, confidence FROM sample_items
        WHERE sample_id = ? ORDER BY place
        """, arguments: [id]
    ).map { row in
      DrawnNumber(
        hash: 0, picture: try row.text(0), shown: try row.text(1), box: try row.box(2),
        confidence: try row.integer(6, in: Confidence.range))
    }
  }

  /// The item as shown to a reviewer; nil if the reading at its box has changed since it was drawn.
  private static func reviewItem(_ item: DrawnNumber, _ place: Int, _ db: Database) throws -> ReviewItem? {
    for member in try newestMembers(ofPicture: item.picture, db) {
      let resolution = Resolution([], readings: member.readings)
      guard let spot = resolution.place(of: item.box), resolution.spots[spot].reading?.text == item.shown else {
        continue
      }
      let names = try Row.fetchOne(
        db,
        sql: """
          SELECT sources.name, members.name FROM members JOIN result_sets ON result_sets.id = result_set_id
          JOIN sources ON sources.id = source_id WHERE result_set_id = ? AND ordinal = ?
          """, arguments: [member.set, member.ordinal])
      guard let names else { continue }
      return ReviewItem(
        picture: item.picture, size: member.size, box: item.box, shown: item.shown, confidence: item.confidence,
        archive: try names.text(0), image: try names.text(1), place: place)
    }
    return nil
  }

  private static func draw(
    _ filter: NumberFilter, _ size: Int, _ seed: String, _ db: Database
  ) throws -> (population: Int, items: [DrawnNumber]) {
    var (drawn, population): (Set<ReviewLeases.Item>, Int) = ([], 0)
    var kept: [DrawnNumber] = []
    let plan = try BrowsePlan(filter, .leastSureFirst, reviewed: false, names: nil, db)
    let statement = BrowseStatement.all(
      .undecided, plan,
      columns: "m.sha256, n.text, b.box_left, b.box_top, b.box_width, b.box_height, n.confidence")
    let rows = try Row.fetchCursor(db, sql: statement.sql, arguments: statement.arguments)
    while let row = try rows.next() {
      guard let picture = try row.optionalText(0) else { continue }
      let (shown, box) = (try row.text(1), try row.box(2))
      let hash = stableHash("\(seed) \(picture) \(box.left) \(box.top) \(box.width) \(box.height) \(shown)")
      population += 1
      kept.append(
        DrawnNumber(
          hash: hash, picture: picture, shown: shown, box: box, confidence: try row.integer(6, in: Confidence.range)))
      if kept.count >= 4 * size + 1_000 { kept = smallest(size, of: kept) }
    }
    kept = smallest(size, of: kept).filter { drawn.insert($0.key).inserted }
    return (population, kept)
  }

  /// The numbers with the smallest hashes, in order. A picture in two sources is included once.
  private static func smallest(_ count: Int, of numbers: [DrawnNumber]) -> [DrawnNumber] {
    let sorted = numbers.sorted { a, b in
      a.hash != b.hash ? a.hash < b.hash : (a.picture, a.box, a.shown) < (b.picture, b.box, b.shown)
    }
    var seen: Set<ReviewLeases.Item> = []
    return Array(sorted.filter { seen.insert($0.key).inserted }.prefix(count))
  }

  private static func text(of filter: NumberFilter) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return String(decoding: try encoder.encode(filter), as: UTF8.self)
  }

  static func filter(of text: String) throws -> NumberFilter {
    do {
      return try JSONDecoder().decode(NumberFilter.self, from: Data(text.utf8))
    } catch {
      throw Damage(description: "a sample's filters are \(text)")
    }
  }
}
