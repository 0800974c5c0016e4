import GRDB
package import StreetCore

/// Reading rejected members again.
extension Store {
  /// A source with rejected members, or one whose reading crashed the program.
  package struct RejectedSource: Sendable, Hashable {
    let set: Int64
    /// The source's name.
    package let name: String
    /// The SHA-256 of its file; nil for a folder.
    package let sha256: String?
    /// The number of rejected members.
    package let members: Int
    /// The paths of the source, latest first; empty for a stream.
    package let paths: [String]
  }

  /// The sources, among those read by a method, that `retry` reads again:
  /// - sources with rejected members, and those whose reopened members do not all have final states yet;
  /// - sources that were set aside because reading them crashed the program.
  ///
  /// If a folder has changed since, its earlier listing does not count.
  ///
  /// - Parameters:
  /// - reasons: Patterns for the reason's id, with `*` and `?`; one of them must match.
  /// - archive: A pattern for the source's name.
  package func rejectedSources(
    method: ReadingMethod, reasons: [String] = ["*"], archive: String = "*"
  ) throws(StoreError) -> [RejectedSource] {
    try read { db in
      let (condition, patterns) = Self.anyReason(reasons)
      let (crashed, _) = Self.anyReason(reasons, of: "result_sets")
      let sets = try Row.fetchAll(
        db,
        sql: """
          SELECT result_sets.id, sources.id, sources.name, kind, sha256, (
            SELECT count(*) FROM members WHERE result_set_id = result_sets.id
              AND (members.state = 'rejected' AND (\(condition))
                OR result_sets.state = 'running' AND members.state = 'pending')) AS rejected
          FROM result_sets JOIN sources ON sources.id = source_id
          WHERE method = ? AND selection = ? AND kind <> 'stream' AND composed(sources.name) GLOB ?
            AND (rejected > 0 OR result_sets.reason = '\(SourceError.Code.crashed.rawValue)' AND (\(crashed)))
            AND (result_sets.state = 'complete'
              OR result_sets.reason = '\(SourceError.Code.crashed.rawValue)' OR EXISTS (
              SELECT 1 FROM members WHERE result_set_id = result_sets.id AND state = 'pending'))
            AND NOT EXISTS (
              SELECT 1 FROM result_sets AS later
              WHERE (later.source_id, later.method, later.selection)
                  = (result_sets.source_id, result_sets.method, result_sets.selection)
                AND later.generation > result_sets.generation)
          ORDER BY sources.name, sources.identity
          """,
        arguments: patterns + [method.digest, method.selectionDigest, Self.glob(archive)] + patterns)
      return try sets.map { row in
        let name = try row.text(2)
        let paths = try Self.paths(of: row.integer(1, in: 0...Int.max), db)
        return RejectedSource(
          set: Int64(try row.integer(0, in: 0...Int.max)), name: name, sha256: try row.optionalText(4),
          members: try row.integer(5, in: 0...Int.max), paths: try row.text(3) == "folder" ? [name] : paths)
      }
    }
  }

  /// Whether a source's set with a method and a listing is still the one with the rejected members.
  package func isStill(
    _ rejected: RejectedSource, _ source: SourceDescription, _ method: ReadingMethod, fingerprint: String
  ) throws(StoreError) -> Bool {
    try read { db in
      try Bool.fetchOne(
        db,
        sql: """
          SELECT EXISTS (
            SELECT 1 FROM result_sets JOIN sources ON sources.id = source_id
            WHERE result_sets.id = ? AND identity = ? AND method = ? AND selection = ? AND fingerprint = ?)
          """,
        arguments: [rejected.set, source.identity, method.digest, method.selectionDigest, fingerprint]) ?? false
    }
  }

  /// SQL for whether the reason of a row matches any of the patterns.
  static func anyReason(_ patterns: [String], of table: String = "members") -> (String, StatementArguments) {
    (patterns.map { _ in "\(table).reason GLOB ?" }.joined(separator: " OR "), StatementArguments(patterns.map(glob)))
  }
}
