import GRDB
package import StreetCore

/// A source in a list.
package struct BrowsedSource: Sendable, Hashable {
  /// `sources.identity`, kind (`archive`, `image`, `folder`) and name.
  package var identity, kind, name: String
  /// The SHA-256 of the source's bytes; nil for folders.
  package var sha256: String?
  /// When the newest result set was completed, in UTC, ISO 8601; nil if it is incomplete.
  package var completedAt: String?
  /// The number of members in the newest set; nil if it is incomplete.
  package var memberCount: Int?
  /// The number of numbers of any confidence in the newest set.
  package var numberCount: Int
  /// Why the source was not read completely; nil if it was.
  package var reason: Reason?
  /// The SHA-256 of the model file that read it.
  package var model: String
}

/// A member in a list.
package struct BrowsedMember: Sendable, Hashable {
  /// The name and identity of the source.
  package var archive, source: String
  /// The ordinal in the source, from 0.
  package var ordinal: Int
  /// The member name.
  package var image: String
  /// The SHA-256 of the member's bytes; nil if not all of them were read.
  package var sha256: String?
  /// `done`, `rejected`, `ignored` or `pending`.
  package var state: String
  /// The reason for rejecting or ignoring it.
  package var reason: Reason?
}

extension Store {
  /// A page of a list.
  package struct Page<Row: Sendable>: Sendable {
    /// The rows of the page.
    package var rows: [Row]
    /// The cursor of the next page; nil if there is none.
    package var next: String?
  }

  /// The sources sorted by name, optionally only those whose name matches a pattern.
  package func browseSources(
    archive: String? = nil, after cursor: String? = nil, limit: Int = 50, within seconds: Double? = 1
  ) throws(StoreError) -> Page<BrowsedSource> {
    let limit = min(max(limit, 1), 1_000)
    let start = cursor.flatMap { BrowseCursor(token: $0, order: .place) }
    return try read(within: seconds) { db in
      var (conditions, arguments): ([String], StatementArguments) = (["true"], [])
      if let archive {
        conditions.append("composed(name) GLOB ?")
        arguments += [Self.glob(archive)]
      }
      if let start {
        conditions.append("(name, identity) > (?, ?)")
        arguments += [start.name, start.identity]
      }
      let rows = try Row.fetchAll(
        db,
        sql: """
          SELECT identity, kind, name, sha256, completed_at, member_count,
            (SELECT total(count) FROM confidence_counts c WHERE c.result_set_id = result_sets.id), reason, message, model_id
          FROM sources CROSS JOIN newest_sets ON newest_sets.source_id = sources.id
          CROSS JOIN result_sets ON result_sets.id = newest_sets.result_set_id
          WHERE \(conditions.joined(separator: " AND ")) ORDER BY name, identity LIMIT ?
          """, arguments: arguments + [limit + 1])
      let sources = try rows.map { row in
        BrowsedSource(
          identity: try row.text(0), kind: try row.text(1), name: try row.text(2), sha256: try row.optionalText(3),
          completedAt: try row.optionalText(4), memberCount: try row.optionalInteger(5),
          numberCount: try row.total(6), reason: try Self.reason(row, from: 7), model: try row.text(9))
      }
      let page = Array(sources.prefix(limit))
      let next = sources.count > limit ? page.last.map { BrowseCursor(source: $0.name, $0.identity).token } : nil
      return Page(rows: page, next: next)
    }
  }

  /// The members in order, optionally only those with a state and names that match patterns.
  ///
  /// - Parameters:
  ///   - state: `done`, `rejected`, `ignored` or `pending`.
  /// - reason: A pattern for the reason's id.
  package func browseMembers(
    state: String? = nil, reason: String? = nil, image: String? = nil, archive: String? = nil,
    after cursor: String? = nil, limit: Int = 50, within seconds: Double? = 1
  ) throws(StoreError) -> Page<BrowsedMember> {
    let limit = min(max(limit, 1), 1_000)
    let start = cursor.flatMap { BrowseCursor(token: $0, order: .place) }
    return try read(within: seconds) { db in
      var members: [BrowsedMember] = []
      for isFirst in start == nil ? [false] : [true, false] where members.count <= limit {
        var (conditions, arguments): ([String], StatementArguments) = (["true"], [])
        func require(_ condition: String, _ values: StatementArguments) {
          conditions.append(condition)
          arguments += values
        }
        if let start, isFirst { require("identity = ? AND ordinal > ?", [start.identity, start.ordinal]) }
        if let start, !isFirst { require("(sources.name, identity) > (?, ?)", [start.name, start.identity]) }
        // The state is part of the statement, because SQLite uses the partial index of rejected members only if it
        // knows the value.
        let states = ["done", "rejected", "ignored", "pending"]
        if let state { require(states.contains(state) ? "members.state = '\(state)'" : "false", []) }
        let index = state == "rejected" ? "INDEXED BY members_rejected" : ""
        if let reason { require("members.reason GLOB ?", [Self.glob(reason)]) }
        if let image { require("composed(members.name) GLOB ?", [Self.glob(image)]) }
        if let archive { require("composed(sources.name) GLOB ?", [Self.glob(archive)]) }
        let rows = try Row.fetchAll(
          db,
          sql: """
            SELECT sources.name, identity, ordinal, members.name, members.sha256, members.state, members.reason, members.message
            FROM sources CROSS JOIN newest_sets ON source_id = sources.id
            CROSS JOIN members \(index) ON members.result_set_id = newest_sets.result_set_id
            WHERE \(conditions.joined(separator: " AND ")) ORDER BY sources.name, identity, ordinal LIMIT ?
            """, arguments: arguments + [limit + 1 - members.count])
        members += try rows.map { row in
          BrowsedMember(
            archive: try row.text(0), source: try row.text(1), ordinal: try row.integer(2, in: 0...Int.max),
            image: try row.text(3), sha256: try row.optionalText(4), state: try row.text(5),
            reason: try Self.reason(row, from: 6))
        }
      }
      let page = Array(members.prefix(limit))
      let next =
        members.count > limit
        ? page.last.map { BrowseCursor(source: $0.archive, $0.source, ordinal: $0.ordinal).token } : nil
      return Page(rows: page, next: next)
    }
  }

  /// The last runs, latest first.
  package func pastRuns() throws(StoreError) -> [LedgerOverview.PastRun] { try read(Self.pastRuns) }

  private static func reason(_ row: Row, from column: Int) throws -> Reason? {
    guard let id = try row.optionalText(column) else { return nil }
    return Reason(id: id, message: try row.optionalText(column + 1) ?? "")
  }
}

extension BrowseCursor {
  /// A cursor after a source, or after one of its members.
  init(source name: String, _ identity: String, ordinal: Int = 0) {
    (order, confidence, text, place) = (.place, 0, "", 0)
    (self.name, self.identity, self.ordinal) = (name, identity, ordinal)
  }
}
