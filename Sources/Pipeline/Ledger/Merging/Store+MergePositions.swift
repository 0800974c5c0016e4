import GRDB
import StreetCore

/// Copying the positions of a shard that is attached as `shard`.
extension Store {
  /// Copies the statements about photographs, and chooses positions by precedence again. Of two sidecars with the same
  /// name, the one added later counts. Of two statements with the same origin and sidecar, one whose time has a zone
  /// counts, then the one with the smaller values. Thus the order of merging does not matter.
  static func takeOverPositions(_ db: Database) throws {
    // A shard with an earlier schema has no positions.
    let has = "SELECT EXISTS (SELECT 1 FROM shard.sqlite_schema WHERE name = 'positions')"
    if try Bool.fetchOne(db, sql: has) == true {
      // For sources of which the database has positions already, these are chosen again.
      let shared = try Int64.fetchAll(
        db,
        sql: """
          SELECT ours.id FROM shard.sources JOIN main.sources AS ours USING (identity)
          WHERE EXISTS (SELECT 1 FROM main.positions WHERE source_id = ours.id)
          """)
      try db.execute(sql: keys)
      try db.execute(sql: statements)
      try db.execute(sql: files)
      for source in shared {
        let ids = try Int64.fetchAll(db, sql: "SELECT id FROM main.positions WHERE source_id = ?", arguments: [source])
        for id in ids { try chooseAgain(id, db) }
      }
    }
    // Only one of two result sets of a source was kept; the other one may have had photographs that this one lacks.
    let sources = "SELECT ours.id FROM shard.sources JOIN main.sources AS ours USING (identity)"
    for source in try Int64.fetchAll(db, sql: sources) { try dropOrphanedPositions(of: source, db) }
  }

  private static let values = GeotagColumns.names.joined(separator: ", ")

  private static let keys = """
    INSERT INTO main.positions (source_id, sha256, name, revision, \(values), \(GeotagColumns.origins.joined(separator: ", ")))
    SELECT ours.id, theirs.sha256, theirs.name, revision, \(values), \(GeotagColumns.origins.joined(separator: ", "))
    FROM shard.positions AS theirs JOIN shard.sources ON sources.id = theirs.source_id
      JOIN main.sources AS ours USING (identity)
    WHERE true ORDER BY theirs.source_id, theirs.sha256, theirs.name
    ON CONFLICT (source_id, sha256, name) DO UPDATE SET revision = max(revision, excluded.revision);
    """

  private static let statements = """
    INSERT INTO main.position_statements (position_id, origin, sidecar, \(values))
    SELECT ours.id, theirs.origin, theirs.sidecar, \(GeotagColumns.names.map { "theirs.\($0)" }.joined(separator: ", "))
    FROM shard.position_statements AS theirs JOIN shard.positions ON positions.id = theirs.position_id
      JOIN shard.sources ON sources.id = positions.source_id JOIN main.sources AS owner USING (identity)
      JOIN main.positions AS ours ON ours.source_id = owner.id
        AND (ours.sha256, ours.name) = (positions.sha256, positions.name)
    WHERE true
    ON CONFLICT (position_id, origin, sidecar) DO UPDATE SET (\(values)) = (\(prefixed("excluded")))
    WHERE (excluded.captured_offset IS NULL, \(comparable("excluded")))
      < (position_statements.captured_offset IS NULL, \(comparable("position_statements")));
    """

  private static func prefixed(_ table: String) -> String {
    GeotagColumns.names.map { "\(table).\($0)" }.joined(separator: ", ")
  }

  /// Expressions that are never null.
  private static func comparable(_ table: String) -> String {
    GeotagColumns.names.map { "coalesce(\(table).\($0), '')" }.joined(separator: ", ")
  }

  private static let files = """
    INSERT INTO main.sidecars (source_id, name, sha256, origin, taken_at)
    SELECT ours.id, theirs.name, theirs.sha256, theirs.origin, taken_at
    FROM shard.sidecars AS theirs JOIN shard.sources ON sources.id = theirs.source_id
      JOIN main.sources AS ours USING (identity)
    WHERE true
    ON CONFLICT (source_id, name) DO UPDATE SET (sha256, origin, taken_at) = (excluded.sha256, excluded.origin, excluded.taken_at)
    WHERE (excluded.taken_at, excluded.sha256) > (taken_at, sha256);

    DELETE FROM main.position_statements
    WHERE sidecar <> '' AND position_id IN (
      SELECT positions.id FROM main.positions WHERE source_id IN (
        SELECT ours.id FROM shard.sources JOIN main.sources AS ours USING (identity)))
      AND NOT EXISTS (
        SELECT 1 FROM main.sidecars JOIN main.positions ON positions.source_id = sidecars.source_id
        WHERE positions.id = position_id AND sidecars.sha256 = position_statements.sidecar);
    """
}
