import GRDB
import StreetCore

/// A SQL statement for the numbers of the newest sets, in an order, from a position on.
struct BrowseStatement {
  /// The two kinds of rows: numbers without a decision, and numbers with one.
  enum Side: Int {
    case undecided
    case decided
  }

  /// The access path: the requested order, or a condition that few numbers match, whose rows are then sorted.
  enum Driver: Hashable {
    case order
    case set(Int)
    case texts
    case confidence
    case sets([Int])
    case pictures([PictureKey])
  }

  /// The key of a member.
  struct PictureKey: Hashable {
    var set, ordinal: Int
  }

  let filter: NumberFilter
  let order: BrowseOrder
  /// Whether texts and confidences are those of the reviews.
  let reviewed: Bool
  /// The texts that match a pattern; nil if there is no pattern, or if there are many texts.
  let texts: [String]?

  /// Whether the undecided side includes decided numbers, as they were read.
  private var isWhole: Bool
  /// The sets of the archives that match a pattern, if there are few.
  private let sets: [Int]?
  /// Whether rows are only counted, so that tables without a condition are left out.
  private var isCount = false
  /// Whether all rows belong to one set, so that the order is that of the set's key.
  private var isOfOneSet = false
  private(set) var conditions: [String] = []
  private(set) var arguments = StatementArguments()

  /// The columns of a number, for either side; see `Store.browsed`.
  private func columns(_ side: Side) -> String {
    """
    \(key(side)), s.name, s.sha256, m.name, m.width, m.height,
      \(text(side)), \(confidence(side)), \(box(side)), s.identity, m.sha256,
      r.state, r.differs, r.reviewer, r.decided_at, r.read_text, r.read_confidence
    """
  }

  private func alias(_ side: Side) -> String { side == .undecided ? "n" : "r" }

  private func key(_ side: Side) -> String {
    let alias = alias(side)
    return "\(alias).result_set_id, \(alias).ordinal, \(alias).\(place(side))"
  }

  private func place(_ side: Side) -> String { side == .undecided ? "rank" : "place" }

  private func box(_ side: Side) -> String {
    // Rows that are skipped are only read from an index, which has no boxes.
    let alias = side == .undecided ? "b" : "r"
    return ["left", "top", "width", "height"].map { "\(alias).box_\($0)" }.joined(separator: ", ")
  }

  private func text(_ side: Side) -> String {
    side == .undecided ? "n.text" : reviewed ? "r.text" : "r.read_text"
  }

  private func confidence(_ side: Side) -> String {
    side == .undecided ? "n.confidence" : reviewed ? "\(Confidence.one)" : "r.read_confidence"
  }

  private init(_ plan: BrowsePlan, _ order: BrowseOrder) {
    (filter, self.order, reviewed, texts, sets) = (plan.filter, order, plan.reviewed, plan.texts, plan.sets)
    isWhole = plan.filter.isWhole(reviewed: plan.reviewed)
  }

  private mutating func require(_ condition: String, _ values: StatementArguments = []) {
    conditions.append(condition)
    arguments += values
  }

  /// The statement for a page.
  ///
  /// - Parameter position: Where the page begins: after a number of a set (in place order only within one source), or
  ///   after a source.
  static func page(
    _ side: Side, _ driver: Driver, _ plan: BrowsePlan, from position: Position?, limit: Int
  ) -> (sql: String, arguments: StatementArguments) {
    var statement = BrowseStatement(plan, plan.order)
    let from = statement.from(side, driver)
    statement.filter(side, driver)
    statement.start(side, at: position)
    let sql = """
      SELECT \(statement.columns(side)) FROM \(from)
      WHERE \(statement.conditions.joined(separator: " AND "))
      ORDER BY \(statement.ordering(side)) LIMIT ?
      """
    return (sql, statement.arguments + [limit])
  }

  /// The statement for the numbers that a reviewer can be asked about, by ascending confidence: those without a
  /// decision, or with a decision by only one other reviewer.
  static func queue(
    _ side: Side, _ plan: BrowsePlan, for reviewer: String
  ) -> (sql: String, arguments: StatementArguments) {
    var statement = BrowseStatement(plan, .leastSureFirst)
    statement.isWhole = false
    let from = statement.from(side, plan.driver(side))
    statement.filter(side, plan.driver(side))
    statement.require("ifnull(instr(r.reviewers, ?), 0) = 0", ["\n\(reviewer)\n"])
    if side == .decided { statement.require("r.claims = 1") }
    let sql = """
      SELECT \(statement.columns(side)) FROM \(from)
      WHERE \(statement.conditions.joined(separator: " AND ")) ORDER BY \(statement.ordering(side))
      """
    return (sql, statement.arguments)
  }

  /// A statement with one row for each number.
  static func all(
    _ side: Side, _ plan: BrowsePlan, columns: String = "1"
  ) -> (sql: String, arguments: StatementArguments) {
    let driver = plan.unorderedDriver(side)
    var statement = BrowseStatement(plan, .leastSureFirst)
    statement.isCount = columns == "1"
    let from = statement.from(side, driver)
    statement.filter(side, driver)
    return (
      "SELECT \(columns) FROM \(from) WHERE \(statement.conditions.joined(separator: " AND "))", statement.arguments
    )
  }

  /// The position at which a page begins.
  enum Position {
    /// After a number, in an order by confidence.
    case number(BrowseCursor)
    /// After a number of a set, within that set.
    case member(set: Int, ordinal: Int, place: Int)
    /// After all numbers of a source.
    case source(name: String, identity: String)
  }

  private mutating func start(_ side: Side, at position: Position?) {
    switch position {
    case nil: break
    case .number(let cursor):
      let isOfOneConfidence = side == .decided && reviewed
      if isOfOneConfidence, cursor.confidence != Confidence.one {
        if order == .surestFirst { require("false") }
        return
      }
      let terms = terms(side)
      let places = Array(repeating: "?", count: terms.count).joined(separator: ", ")
      var values: StatementArguments = isOfOneConfidence ? [] : [cursor.confidence]
      values += [cursor.text, cursor.name, cursor.identity, cursor.ordinal, cursor.place]
      require("(\(terms.joined(separator: ", "))) \(order == .surestFirst ? "<" : ">") (\(places))", values)
    case .member(let set, let ordinal, let place):
      require("\(alias(side)).result_set_id = ?", [set])
      require("(\(alias(side)).ordinal, \(alias(side)).\(self.place(side))) > (?, ?)", [ordinal, place])
    case .source(let name, let identity): require("(s.name, s.identity) > (?, ?)", [name, identity])
    }
  }

  private func ordering(_ side: Side) -> String {
    switch order {
    case .place: (isOfOneSet ? "" : "s.name, s.identity, ") + "\(alias(side)).ordinal, \(alias(side)).\(place(side))"
    case .leastSureFirst, .surestFirst:
      terms(side).map { order == .surestFirst ? "\($0) DESC" : $0 }.joined(separator: ", ")
    }
  }

  /// The sort keys of an order by confidence. An index covers the first two. The others separate numbers with equal
  /// confidence and text, and are the same in every database that contains the numbers. All decided numbers have the
  /// same confidence.
  private func terms(_ side: Side) -> [String] {
    let place = ["s.name", "s.identity", "\(alias(side)).ordinal", "\(alias(side)).\(place(side))"]
    return (side == .decided && reviewed ? ["r.text"] : [confidence(side), text(side)]) + place
  }

  /// The FROM clause. In place order without a selective condition, rows are read set by set.
  private mutating func from(_ side: Side, _ driver: Driver) -> String {
    let number = alias(side)
    let table = side == .undecided ? "numbers n" : "reviewed_numbers r"
    let newest = "CROSS JOIN newest_sets ns ON ns.result_set_id = \(number).result_set_id"
    let sources =
      isCount && (filter.archive == nil || sets != nil) ? newest : "\(newest) CROSS JOIN sources s ON s.id = source_id"
    let members =
      isCount && filter.image == nil
      ? "" : "CROSS JOIN members m ON (m.result_set_id, m.ordinal) = (\(number).result_set_id, \(number).ordinal)"
    let reviews = """
      LEFT JOIN reviewed_numbers r
        ON (r.result_set_id, r.ordinal, r.place) = (n.result_set_id, n.ordinal, n.rank)
      """
    let boxes =
      isCount || side == .decided
      ? "" : "CROSS JOIN numbers b ON (b.result_set_id, b.ordinal, b.rank) = (n.result_set_id, n.ordinal, n.rank)"
    let rest = "\(side == .decided || isCount && isWhole ? "" : reviews) \(sources) \(members) \(boxes)"
    switch driver {
    case .set(let set):
      isOfOneSet = true
      require("\(number).result_set_id = ?", [set])
      return "\(table) \(rest)"
    case .order, .confidence:
      let index = side == .undecided ? "numbers_by_confidence" : "reviewed_numbers_by_confidence"
      return side == .decided && reviewed ? "\(table) \(rest)" : "\(table) INDEXED BY \(index) \(rest)"
    case .texts: return side == .undecided ? "numbers n INDEXED BY numbers_by_text \(rest)" : "\(table) \(rest)"
    case .sets(let sets):
      arguments += [Self.json(sets.map(String.init))]
      return "json_each(?) e CROSS JOIN \(table) ON \(number).result_set_id = e.value \(rest)"
    case .pictures(let pictures):
      arguments += [Self.json(pictures.map { "[\($0.set),\($0.ordinal)]" })]
      return """
        json_each(?) e CROSS JOIN \(table)
        ON (\(number).result_set_id, \(number).ordinal) = (json_extract(e.value, '$[0]'), json_extract(e.value, '$[1]')) \(rest)
        """
    }
  }

  static func json(_ values: [String]) -> String { "[" + values.joined(separator: ",") + "]" }

  private mutating func filter(_ side: Side, _ driver: Driver) {
    // A unary plus keeps SQLite from using an index of texts or confidences when rows are found by set.
    let plus = driver.isOfSets ? "+" : ""
    let (text, confidence) = (plus + text(side), plus + confidence(side))
    if side == .undecided || !reviewed {
      require("\(confidence) BETWEEN ? AND ?", [filter.minimumConfidence, filter.maximumConfidence])
    } else if filter.maximumConfidence < Confidence.one {
      require("false")
    }
    if let number = filter.number { require("\(text) = ?", [number]) }
    if let prefix = filter.prefix { require("\(text) >= ? AND \(text) < ?", [prefix, prefix + ":"]) }
    if let like = filter.like {
      if case .texts = driver, let texts, side == .undecided {
        require("\(text) IN (SELECT value FROM json_each(?))", [Self.json(texts.map { "\"\($0)\"" })])
      } else {
        require("\(text) GLOB ?", [Store.glob(like)])
      }
    }
    switch side {
    case .undecided where isWhole: break
    case .undecided: require("(r.state IS NULL OR r.state = 'skipped')")
    case .decided:
      require("r.state <> 'skipped' AND \(text) IS NOT NULL")
      switch filter.review {
      case nil, .reviewed, .unreviewed: break
      case .differs: require("r.differs")
      case .some(let state): require("r.state = ?", [state.rawValue])
      }
    }
    if let archive = filter.archive {
      if case .sets = driver {
      } else if let sets {
        require(
          "\(alias(side)).result_set_id IN (SELECT value FROM json_each(?))", [Self.json(sets.map(String.init))])
      } else {
        require("composed(s.name) GLOB ?", [Store.glob(archive)])
      }
    }
    if let image = filter.image {
      if case .pictures = driver {} else { require("composed(m.name) GLOB ?", [Store.glob(image)]) }
    }
  }
}

extension BrowseStatement.Driver {
  /// Whether rows are found by set or member.
  fileprivate var isOfSets: Bool {
    switch self {
    case .set, .sets, .pictures: true
    case .order, .texts, .confidence: false
    }
  }
}
