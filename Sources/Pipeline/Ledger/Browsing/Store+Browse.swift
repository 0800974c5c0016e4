import DigitNet
import Foundation
import GRDB
import StreetCore

/// Numbers of the newest sets, page by page. The cost depends on the page, and hardly on the size of the database.
extension Store {
  /// A page of numbers.
  ///
  /// - Parameters:
  /// - reviewed: Whether to apply reviews: with their texts and confidences, with added numbers, and without rejected
  ///   ones. Otherwise numbers are returned as they were read.
  /// - cursor: `BrowsePage.next` of the previous page; an invalid cursor starts at the beginning.
  /// - limit: The number of numbers per page, 1 to 1,000.
  /// - names: The names of pictures, which speed up patterns for pictures.
  ///   - seconds: The time limit.
  /// - Throws: `store.time_limit`, and the other errors of reading.
  package func browse(
    _ filter: NumberFilter, order: BrowseOrder = .place, reviewed: Bool = false, after cursor: String? = nil,
    limit: Int = 50, names: PictureNames? = nil, within seconds: Double? = 1
  ) throws(StoreError) -> BrowsePage {
    let limit = min(max(limit, 1), 1_000)
    return try read(within: seconds) { db in
      let start = cursor.flatMap { BrowseCursor(token: $0, order: order) }
      let plan = try BrowsePlan(filter, order, reviewed: reviewed, names: names, db)
      var sides: [[BrowsedNumber]] = []
      for side in filter.sides(reviewed: reviewed) {
        sides.append(try Self.numbers(side, plan, from: start, limit: limit + 1, db))
      }
      let numbers = Self.merged(sides, order).prefix(limit + 1)
      let page = Array(numbers.prefix(limit))
      let next = numbers.count > limit ? page.last.map { BrowseCursor(order: order, after: $0).token } : nil
      return BrowsePage(numbers: page, next: next)
    }
  }

  /// The number of matching numbers, counted up to 10,000 and within a time limit; a count that exceeds either is
  /// inexact.
  package func count(
    _ filter: NumberFilter, reviewed: Bool = false, names: PictureNames? = nil, within seconds: Double = 0.08
  ) throws(StoreError) -> CappedCount {
    try read(within: seconds) { db in
      var count = 0
      do {
        let plan = try BrowsePlan(filter, .leastSureFirst, reviewed: reviewed, names: names, db)
        for side in filter.sides(reviewed: reviewed) {
          let statement = BrowseStatement.all(side, plan)
          let rows = try Row.fetchCursor(db, sql: statement.sql, arguments: statement.arguments)
          while try rows.next() != nil {
            if count == CappedCount.most { return CappedCount(value: count, isExact: false) }
            count += 1
          }
        }
      } catch ResultCode.SQLITE_INTERRUPT {
        return CappedCount(value: count, isExact: false)
      }
      return CappedCount(value: count, isExact: true)
    }
  }

  private static func numbers(
    _ side: BrowseStatement.Side, _ plan: BrowsePlan, from start: BrowseCursor?, limit: Int, _ db: Database
  ) throws -> [BrowsedNumber] {
    if plan.order == .place, plan.driver(side) == .order {
      return try numbersSetBySet(side, plan, from: start, limit: limit, db)
    }
    var numbers: [BrowsedNumber] = []
    for position in try positions(start, plan.order, db) {
      let statement = BrowseStatement.page(
        side, plan.driver(side), plan, from: position, limit: limit - numbers.count)
      let rows = try Row.fetchCursor(db, sql: statement.sql, arguments: statement.arguments)
      while let row = try rows.next() { numbers.append(try browsed(row, side, reviewed: plan.reviewed, db)) }
      if numbers.count >= limit { break }
    }
    return numbers
  }

  /// The numbers in place order, read set by set, so that nothing has to be sorted.
  private static func numbersSetBySet(
    _ side: BrowseStatement.Side, _ plan: BrowsePlan, from start: BrowseCursor?, limit: Int, _ db: Database
  ) throws -> [BrowsedNumber] {
    var numbers: [BrowsedNumber] = []
    func add(_ set: Int, from position: BrowseStatement.Position?) throws {
      let statement = BrowseStatement.page(side, .set(set), plan, from: position, limit: limit - numbers.count)
      let rows = try Row.fetchCursor(db.cachedStatement(sql: statement.sql), arguments: statement.arguments)
      while let row = try rows.next() { numbers.append(try browsed(row, side, reviewed: plan.reviewed, db)) }
    }
    for case .member(let set, let ordinal, let place) in try positions(start, .place, db) {
      try add(set, from: .member(set: set, ordinal: ordinal, place: place))
    }
    // If few numbers are decided, most sets contain none of them.
    let decided =
      side == .decided ? "AND EXISTS (SELECT 1 FROM reviewed_numbers r WHERE r.result_set_id = ns.result_set_id)" : ""
    let sets = try Row.fetchCursor(
      db,
      sql: """
        SELECT result_set_id FROM sources s CROSS JOIN newest_sets ns ON ns.source_id = s.id
        WHERE (s.name, s.identity) > (?, ?) AND (? IS NULL OR composed(s.name) GLOB ?) \(decided) ORDER BY s.name, s.identity
        """,
      arguments: [
        start?.name ?? "", start?.identity ?? "", plan.filter.archive, plan.filter.archive.map(glob),
      ])
    while numbers.count < limit, let set = try sets.next() {
      try add(try set.integer(0, in: 0...Int.max), from: nil)
    }
    return numbers
  }

  /// The starting positions of the statements whose rows follow a cursor, in order.
  private static func positions(
    _ cursor: BrowseCursor?, _ order: BrowseOrder, _ db: Database
  ) throws -> [BrowseStatement.Position?] {
    guard let cursor else { return [nil] }
    guard order == .place else { return [.number(cursor)] }
    let set = try Int.fetchOne(
      db,
      sql: "SELECT result_set_id FROM newest_sets JOIN sources ON sources.id = source_id WHERE identity = ?",
      arguments: [cursor.identity])
    let rest = BrowseStatement.Position.source(name: cursor.name, identity: cursor.identity)
    return set.map { [.member(set: $0, ordinal: cursor.ordinal, place: cursor.place), rest] } ?? [rest]
  }

  private static func browsed(
    _ row: Row, _ side: BrowseStatement.Side, reviewed: Bool, _ db: Database
  ) throws -> BrowsedNumber {
    let (set, ordinal, place) = (
      try row.integer(0, in: 0...Int.max), try row.integer(1, in: 0...Int.max), try row.integer(2, in: 0...Int.max)
    )
    let state = try row.optionalText(16).flatMap(ReviewState.init(rawValue:))
    // A number given by a reviewer has no digits of its own.
    let isRead = side == .undecided || state == .confirmed || !reviewed
    let number =
      isRead
      ? try Self.number((set, ordinal, place), stored: row, from: 8, db)
      : try givenNumber(row, from: 8)
    let differs = try row.optionalInteger(17) ?? 0 != 0
    let review = state.flatMap { state -> NumberReview? in
      guard state != .skipped else { return nil }
      return NumberReview(
        origin: state == .added ? .added : state == .corrected ? .corrected : .confirmed,
        reviewer: String.fromDatabaseValue(row[18]), reviewedAt: String.fromDatabaseValue(row[19]),
        readNumber: String.fromDatabaseValue(row[20]), readConfidence: Int.fromDatabaseValue(row[21]), differs: differs)
    }
    let found = FoundNumber(
      archive: try row.text(3), archiveSHA256: try row.optionalText(4), image: try row.text(5), ordinal: ordinal,
      width: try row.side(6), height: try row.side(7), number: number, review: review)
    return BrowsedNumber(
      found: found, imageSHA256: try row.optionalText(15), source: try row.text(14), place: place, state: state,
      differs: differs)
  }

  private static func merged(_ sides: [[BrowsedNumber]], _ order: BrowseOrder) -> [BrowsedNumber] {
    guard sides.count > 1 else { return sides.first ?? [] }
    return sides.flatMap(\.self).sorted { a, b in
      switch order {
      case .place: a.isBeforeByPlace(b)
      case .leastSureFirst: a.isLessSure(b)
      case .surestFirst: b.isLessSure(a)
      }
    }
  }
}

extension BrowsedNumber {
  fileprivate func isLessSure(_ other: Self) -> Bool {
    let (a, b) = (found.number, other.found.number)
    if a.confidence != b.confidence { return a.confidence < b.confidence }
    return a.text == b.text ? isBeforeByPlace(other) : a.text < b.text
  }

  fileprivate func isBeforeByPlace(_ other: Self) -> Bool {
    // Compares bytes, as SQLite does.
    for (a, b) in [(found.archive ?? "", other.found.archive ?? ""), (source, other.source)] where a != b {
      return a.utf8.lexicographicallyPrecedes(b.utf8)
    }
    return (found.ordinal ?? 0, place) < (other.found.ordinal ?? 0, other.place)
  }
}

extension NumberFilter {
  /// Whether numbers are returned as they were read, regardless of decisions.
  func isWhole(reviewed: Bool) -> Bool { !reviewed && review == nil }

  /// The kinds of rows that can match.
  func sides(reviewed: Bool) -> [BrowseStatement.Side] {
    switch review {
    case nil: isWhole(reviewed: reviewed) ? [.undecided] : [.undecided, .decided]
    case .unreviewed: [.undecided]
    default: [.decided]
    }
  }
}
