package import DigitNet
import GRDB
package import StreetCore

/// Results that were read by the rules of an earlier version, which may have been wrong.
extension Store {
  /// A source whose newest set was read by an earlier version's rules for members.
  package struct OutdatedSource: Sendable, Hashable {
    let set: Int64
    /// The identity of the source.
    package let identity: String
    /// The source's name.
    package let name: String
    /// The paths of the source, latest first.
    package let paths: [String]
  }

  /// The files that were completed under earlier rules with a method's limits, and not examined since. Files read with
  /// other limits would have other results with these.
  package func outdatedSources(limits method: ReadingMethod) throws(StoreError) -> [OutdatedSource] {
    try read { db in
      let limits = Schema.limits.map { "'$.\($0)'" }.joined(separator: ", ")
      let rows = try Row.fetchAll(
        db,
        sql: """
          \(try Self.newestSets(db))
          SELECT newest.id, sources.id, sources.name, identity
          FROM newest JOIN result_sets USING (id) JOIN sources ON sources.id = newest.source_id
          WHERE place = 1 AND state = 'complete' AND rules < ? AND kind IN ('archive', 'image')
            AND json_valid(parameters) AND json_extract(parameters, \(limits)) = json_extract(?, \(limits))
          ORDER BY sources.name, sources.identity
          """, arguments: [MemberRules.revision, method.parameters])
      return try rows.map { row in
        let source = try row.integer(1, in: 0...Int.max)
        return OutdatedSource(
          set: Int64(try row.integer(0, in: 0...Int.max)), identity: try row.text(3), name: try row.text(2),
          paths: try Self.paths(of: source, db))
      }
    }
  }

  /// Whether the newest set of a source was read by earlier rules.
  package func isOutdated(_ source: SourceDescription) throws(StoreError) -> Bool {
    try read { db in
      let sql = """
        \(try Self.newestSets(db))
        SELECT EXISTS (
          SELECT 1 FROM newest JOIN result_sets USING (id) JOIN sources ON sources.id = newest.source_id
          WHERE place = 1 AND identity = ? AND state = 'complete' AND rules < ?)
        """
      return try Bool.fetchOne(db, sql: sql, arguments: [source.identity, MemberRules.revision]) ?? false
    }
  }

  /// The number of files that were completed under earlier rules, with any limits, and not examined since.
  package func outdatedCount() throws(StoreError) -> Int { try read(Self.outdated) }

  static func outdated(_ db: Database) throws -> Int {
    let rules = try schemaVersion(db) < Schema.withGenerations ? "1" : "rules"
    return try Int.fetchOne(
      db,
      sql: """
        \(try newestSets(db))
        SELECT count(*) FROM newest JOIN result_sets USING (id) JOIN sources ON sources.id = newest.source_id
        WHERE place = 1 AND state = 'complete' AND \(rules) < ? AND kind IN ('archive', 'image')
        """, arguments: [MemberRules.revision]) ?? 0
  }

  /// The stored result of a member that is examined again.
  package struct StoredMember {
    package var name: String
    package var state: String
    /// The size of a picture that was read.
    package var size: ImageSize?
  }

  /// The members of a set, by ordinal.
  package func members(of source: OutdatedSource) throws(StoreError) -> [StoredMember] {
    try read { db in
      try Row.fetchAll(
        db, sql: "SELECT name, state, width, height FROM members WHERE result_set_id = ? ORDER BY ordinal",
        arguments: [source.set]
      ).map { row in
        let state = try row.text(1)
        let size = state == "done" ? ImageSize(width: try row.side(2), height: try row.side(3)) : nil
        return StoredMember(name: try row.text(0), state: state, size: size)
      }
    }
  }

  /// Records that the current rules classify a source's members in the same way. If a method differs only in the rules,
  /// its results count as this method's from then on.
  package func confirm(_ source: OutdatedSource, _ method: ReadingMethod) throws(StoreError) {
    try write { db in
      try db.execute(
        sql: "UPDATE result_sets SET rules = ? WHERE id = ?", arguments: [MemberRules.revision, source.set])
      try db.execute(
        sql: "UPDATE OR IGNORE result_sets SET parameters = ?, selection = ? WHERE id = ? AND method = ?",
        arguments: [method.parameters, method.selectionDigest, source.set, method.digest])
    }
  }
}
