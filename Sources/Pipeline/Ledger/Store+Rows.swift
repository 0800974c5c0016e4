import DigitNet
import GRDB
import StreetCore

extension Store {
  /// SQL for the current time in UTC, ISO 8601 with milliseconds.
  static let now = "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')"

  static func insert(_ source: SourceDescription, _ db: Database) throws -> Int64 {
    try db.execute(
      sql: """
        INSERT INTO sources (identity, kind, sha256, byte_count, name, created_at)
        VALUES (?, ?, ?, ?, ?, \(now))
        ON CONFLICT (identity) DO UPDATE SET name = excluded.name
          WHERE name = '-' OR excluded.name < name AND excluded.name <> '-'
        """,
      arguments: [source.identity, source.kind.rawValue, source.sha256, source.byteCount, source.name])
    let id = try Int64.fetchOne(
      db, sql: "SELECT id FROM sources WHERE identity = ?", arguments: [source.identity])
    guard let id else { throw Damage(description: "a source can't be found again") }
    if let path = source.path {
      try db.execute(
        sql: """
          INSERT INTO source_paths (path, source_id, byte_count, modified_ns, seen_at)
          VALUES (?, ?, ?, ?, \(now))
          ON CONFLICT (path) DO UPDATE SET source_id = excluded.source_id,
            byte_count = excluded.byte_count, modified_ns = excluded.modified_ns, seen_at = excluded.seen_at
          """, arguments: [path.path, id, path.byteCount, path.modified])
    }
    return id
  }

  static func resultSet(_ id: Int64, _ db: Database) throws -> ResultSet? {
    let row = try Row.fetchOne(
      db, sql: "SELECT state, reason, message, deaths FROM result_sets WHERE id = ?", arguments: [id])
    guard let row else { return nil }
    var pending: [Int: Int] = [:]
    let begun = try Row.fetchCursor(
      db, sql: "SELECT ordinal, attempts FROM members WHERE result_set_id = ? AND state = 'pending'", arguments: [id])
    while let member = try begun.next() {
      pending[try member.integer(0, in: 0...Int.max)] = try member.integer(1, in: 0...Int.max)
    }
    var ending: Reason?
    if let reason = try row.optionalText(1), let message = try row.optionalText(2) {
      ending = Reason(id: reason, message: message)
    }
    let last = try Row.fetchOne(
      db,
      sql: """
        SELECT ordinal FROM members WHERE result_set_id = ? AND state <> 'pending' ORDER BY ordinal DESC LIMIT 1
        """, arguments: [id])
    return ResultSet(
      id: id, isComplete: try row.text(0) == "complete", counts: try memberCounts(id, db), ending: ending,
      end: try last.map { try $0.amount(0) + 1 } ?? 0,
      pending: pending, deaths: try row.integer(3, in: 0...Int.max))
  }

  /// The number of a set's members in each state.
  static func memberCounts(_ set: Int64, _ db: Database) throws -> MemberCounts {
    let row = try Row.fetchOne(
      db,
      sql: """
        SELECT count(*) FILTER (WHERE state = 'done'), count(*) FILTER (WHERE state = 'rejected'),
          count(*) FILTER (WHERE state = 'ignored')
        FROM main.members WHERE result_set_id = ?
        """, arguments: [set])
    var counts = MemberCounts()
    guard let row else { return counts }
    counts.done = try row.integer(0, in: 0...Int.max)
    counts.rejected = try row.integer(1, in: 0...Int.max)
    counts.ignored = try row.integer(2, in: 0...Int.max)
    return counts
  }

  /// Stores the outcome of a member, unless it is already stored.
  static func insert(_ outcome: MemberOutcome, resultSet: Int64, _ db: Database) throws {
    var (state, reason, size) = ("done", Reason?.none, (width: Int?.none, height: Int?.none))
    var numbers: [HouseNumber] = []
    switch outcome.state {
    case .done(let width, let height, let found): (size, numbers) = ((width, height), found)
    case .rejected(let why): (state, reason) = ("rejected", why)
    case .ignored(let why): (state, reason) = ("ignored", why)
    }
    let member = try db.cachedStatement(
      sql: """
        INSERT INTO members (result_set_id, ordinal, name, byte_count, sha256, offset, alias_of, state, reason,
          message, width, height) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (result_set_id, ordinal) DO UPDATE SET (name, byte_count, sha256, offset, alias_of, state, attempts,
          reason, message, width, height) = (excluded.name, excluded.byte_count, excluded.sha256, excluded.offset,
          excluded.alias_of, excluded.state, 0, excluded.reason, excluded.message, excluded.width, excluded.height)
        WHERE members.state = 'pending'
        """)
    try member.execute(
      arguments: [
        resultSet, outcome.ordinal, outcome.name, outcome.byteCount, outcome.sha256, outcome.offset,
        outcome.aliasOf, state, reason?.id, reason?.message, size.width, size.height,
      ])
    guard db.changesCount > 0 else { return }
    for (rank, number) in numbers.inOrderOfConfidence().enumerated() {
      try insert(number, key: [resultSet, Int64(outcome.ordinal), Int64(rank)], db)
    }
    if let sha256 = outcome.sha256 {
      for crop in outcome.crops { try insert(crop, of: sha256, db) }
      if state == "done" { try insertStatements(of: outcome, sha256, resultSet, db) }
      if state == "done" { try applyEarlierDecisions(toPicture: sha256, db) }
    }
  }

  /// Stores the geotag statements in a photograph's bytes; a hard link has the same statements.
  private static func insertStatements(
    of outcome: MemberOutcome, _ sha256: String, _ resultSet: Int64, _ db: Database
  ) throws {
    let source = try Int64.fetchOne(
      db.cachedStatement(sql: "SELECT source_id FROM result_sets WHERE id = ?"), arguments: [resultSet])
    guard let source else { throw Damage(description: "a result set can't be found again") }
    let key = PositionKey(source: source, sha256: sha256, name: outcome.name)
    var statements = outcome.statements
    if statements == nil, outcome.aliasOf != nil { statements = try headerStatements(like: key, db) }
    if let statements { try insert(statements, revision: GeotagRules.revision, of: key, db) }
  }

  private static func insert(_ number: HouseNumber, key: [Int64], _ db: Database) throws {
    let statement = try db.cachedStatement(
      sql: """
        INSERT INTO numbers (result_set_id, ordinal, rank, text, confidence,
          box_left, box_top, box_width, box_height) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)
    let box = number.box
    try statement.execute(
      arguments: StatementArguments(key)
        + [number.text, number.confidence, box.left, box.top, box.width, box.height])
    let digits = try db.cachedStatement(
      sql: """
        INSERT INTO digits (result_set_id, ordinal, rank, position, digit, score,
          box_left, box_top, box_width, box_height) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)
    for (position, digit) in number.digits.enumerated() {
      let box = digit.box
      try digits.execute(
        arguments: StatementArguments(key)
          + [position, digit.value, digit.score, box.left, box.top, box.width, box.height])
    }
  }
}

extension [HouseNumber] {
  /// Sorted by descending confidence, then box, then digits: the order of storage and display.
  func inOrderOfConfidence() -> [HouseNumber] {
    sorted { a, b in
      if a.confidence != b.confidence { return a.confidence > b.confidence }
      return a.box != b.box ? a.box < b.box : a.text < b.text
    }
  }
}
