import GRDB
import StreetCore

/// Chooses the access path for a filter. If many numbers match, they are read in the requested order, so that a page is
/// filled quickly; otherwise by the condition that matches the fewest rows.
struct BrowsePlan {
  let filter: NumberFilter
  let order: BrowseOrder
  let reviewed: Bool
  /// The texts that match a pattern, if few numbers have them.
  private(set) var texts: [String]?
  /// The sets of the archives that match a pattern, if there are few.
  private(set) var sets: [Int]?
  private var best = BrowseStatement.Driver.order

  /// The number of rows up to which all are read and sorted.
  static let few = 2_000

  init(_ filter: NumberFilter, _ order: BrowseOrder, reviewed: Bool, names: PictureNames?, _ db: Database) throws {
    (self.filter, self.order, self.reviewed) = (filter, order, reviewed)
    var least = Self.few
    func consider(_ driver: BrowseStatement.Driver, _ rows: Int) -> BrowseStatement.Driver? {
      guard rows < least else { return nil }
      least = rows
      return driver
    }
    if filter.number != nil || filter.prefix != nil || filter.like != nil {
      let (rows, matching) = try Self.textCount(filter, db)
      texts = matching
      best = consider(.texts, rows) ?? best
    }
    if order == .place {
      let rows = try Self.capped(
        "SELECT 1 FROM numbers WHERE confidence BETWEEN ? AND ?", [filter.minimumConfidence, filter.maximumConfidence],
        db)
      best = consider(.confidence, rows) ?? best
    }
    if let archive = filter.archive {
      let found = try Row.fetchAll(
        db,
        sql: """
          SELECT result_set_id, (SELECT total(count) FROM confidence_counts c WHERE c.result_set_id = newest_sets.result_set_id)
          FROM sources JOIN newest_sets ON source_id = sources.id WHERE composed(name) GLOB ? LIMIT \(Self.few)
          """, arguments: [Store.glob(archive)])
      if found.count < Self.few {
        let ids = try found.map { try $0.integer(0, in: 0...Int.max) }
        sets = ids
        best = consider(.sets(ids), try found.reduce(0) { try $0 + $1.total(1) }) ?? best
      }
    }
    if let image = filter.image, let pictures = try names?.pictures(matching: image, fewerThan: least, db) {
      best = .pictures(pictures)
    }
  }

  /// The access path for one side. There are few decided numbers.
  func driver(_ side: BrowseStatement.Side) -> BrowseStatement.Driver {
    switch (side, best) {
    case (.undecided, _): best
    case (.decided, .sets), (.decided, .pictures): best
    case (.decided, _): .order
    }
  }

  /// The access path for one side if the order does not matter: the requested archives, rather than all numbers.
  func unorderedDriver(_ side: BrowseStatement.Side) -> BrowseStatement.Driver {
    let driver = driver(side)
    if driver == .order, let sets { return .sets(sets) }
    return driver
  }

  private static func capped(_ sql: String, _ arguments: StatementArguments, _ db: Database) throws -> Int {
    try Int.fetchOne(
      db.cachedStatement(sql: "SELECT count(*) FROM (\(sql) LIMIT \(few))"), arguments: arguments) ?? 0
  }

  /// The number of numbers whose text matches the filter, counted up to `few`; and the texts that match a pattern, if
  /// there are few.
  private static func textCount(_ filter: NumberFilter, _ db: Database) throws -> (Int, [String]?) {
    var (conditions, arguments): ([String], StatementArguments) = (["true"], [])
    if let number = filter.number {
      conditions.append("text = ?")
      arguments += [number]
    }
    if let prefix = filter.prefix {
      conditions.append("text >= ? AND text < ?")
      arguments += [prefix, prefix + ":"]
    }
    if let like = filter.like {
      conditions.append("text GLOB ?")
      arguments += [Store.glob(like)]
    }
    let rows = try Row.fetchCursor(
      db, sql: "SELECT text, count FROM text_counts WHERE \(conditions.joined(separator: " AND "))",
      arguments: arguments)
    var (count, texts): (Int, [String]) = (0, [])
    while let row = try rows.next() {
      count += try row.amount(1)
      if count >= few { return (few, nil) }
      texts.append(try row.text(0))
    }
    return (count, filter.like == nil ? nil : texts)
  }
}
