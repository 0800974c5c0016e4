import GRDB
package import StreetCore

/// What is taken again.
extension Store {
  /// A source with members that were rejected, or one whose reading ended the program.
  package struct RejectedSource: Sendable, Hashable {
    let set: Int64
    /// The source's name.
    package let name: String
    /// How many of its members were.
    package let members: Int
    /// The files or the folder at which it was seen, the latest first; none for a stream.
    package let paths: [String]
  }

  /// The sources that `retry` reads again, of those that a method has read:
  /// - sources with rejected members, and those whose rejected members were taken up before and have not all ended;
  /// - sources that were set aside because reading them ended the program.
  ///
  /// Of a folder that has changed since, the earlier listing does not count.
  ///
  /// - Parameters:
  ///   - reasons: Patterns for the reason's id, with `*` and `?`; one of them must match.
  ///   - archive: A pattern for the source's name.
  package func rejectedSources(
    method: ReadingMethod, reasons: [String] = ["*"], archive: String = "*"
  ) throws(StoreError) -> [RejectedSource] {
    try read { db in
      let (condition, patterns) = Self.anyReason(reasons)
      let (crashed, _) = Self.anyReason(reasons, of: "result_sets")
      let sets = try Row.fetchAll(
        db,
        sql: """
          SELECT result_sets.id, sources.id, sources.name, kind, (
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
          set: Int64(try row.integer(0, in: 0...Int.max)), name: name, members: try row.integer(4, in: 0...Int.max),
          paths: try row.text(3) == "folder" ? [name] : paths)
      }
    }
  }

  /// Whether a source's set of a method and a listing is the one whose members were rejected.
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

  /// SQL that any of the patterns matches the reason of a row of a table.
  static func anyReason(_ patterns: [String], of table: String = "members") -> (String, StatementArguments) {
    (patterns.map { _ in "\(table).reason GLOB ?" }.joined(separator: " OR "), StatementArguments(patterns.map(glob)))
  }
}
