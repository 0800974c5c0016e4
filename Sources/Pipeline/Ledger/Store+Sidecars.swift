import GRDB
package import StreetCore

/// Statements of sidecars about a source's photographs.
extension Store {
  /// A photograph of a source, with the statements about it.
  package struct StatedPicture: Sendable, Hashable {
    /// The member name.
    package let name: String
    /// The SHA-256 of the photograph's bytes.
    package let sha256: String
    /// The statements, by precedence.
    package let statements: [GeotagStatement]
  }

  /// The statements of one sidecar about a source's photographs.
  package struct TakenSidecar: Sendable {
    /// The name of the sidecar, and the SHA-256 of its bytes.
    package let name, sha256: String
    /// The origin of the statements.
    package let origin: GeotagOrigin
    /// The geotags, by photograph.
    package let geotags: [(name: String, sha256: String, geotag: Geotag)]

    /// A sidecar from its parts.
    package init(
      name: String, sha256: String, origin: GeotagOrigin, geotags: [(name: String, sha256: String, geotag: Geotag)]
    ) {
      (self.name, self.sha256, self.origin, self.geotags) = (name, sha256, origin, geotags)
    }
  }

  /// The photographs of a source that were read in any of its sets, by name. Costs reading its members.
  package func pictures(ofSource identity: String) throws(StoreError) -> [StatedPicture] {
    try read { db in
      let statements = try Self.statements(ofSource: identity, db)
      let rows = try Row.fetchCursor(
        db,
        sql: """
          SELECT DISTINCT members.name, members.sha256
          FROM members JOIN result_sets ON result_sets.id = result_set_id JOIN sources ON sources.id = source_id
          WHERE identity = ? AND members.state = 'done' AND members.sha256 IS NOT NULL
          ORDER BY members.name, members.sha256
          """, arguments: [identity])
      var pictures: [StatedPicture] = []
      while let row = try rows.next() {
        let (name, sha256) = (try row.text(0), try row.text(1))
        pictures.append(
          StatedPicture(name: name, sha256: sha256, statements: statements[sha256 + name]?.sorted() ?? []))
      }
      return pictures
    }
  }

  /// The statements, keyed by SHA-256 and name.
  private static func statements(ofSource identity: String, _ db: Database) throws -> [String: [GeotagStatement]] {
    guard try hasPositions(db) else { return [:] }
    let names = GeotagColumns.names.map { "position_statements.\($0)" }.joined(separator: ", ")
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT positions.sha256, positions.name, origin, sidecar, \(names)
        FROM positions JOIN position_statements ON position_id = positions.id JOIN sources ON sources.id = source_id
        WHERE identity = ?
        """, arguments: [identity])
    var statements: [String: [GeotagStatement]] = [:]
    while let row = try rows.next() {
      guard let origin = try row.origin(2) else { throw Damage(description: "a statement has no origin") }
      let sidecar = try row.text(3)
      statements[try row.text(0) + row.text(1), default: []].append(
        GeotagStatement(
          origin: origin, sidecar: sidecar.isEmpty ? nil : sidecar,
          geotag: try row.geotag(4, position: origin, heading: origin, time: origin)))
    }
    return statements
  }

  /// The sidecars stored for a source: SHA-256 by name.
  package func sidecars(ofSource identity: String) throws(StoreError) -> [String: String] {
    try read { db in
      guard try Self.hasPositions(db) else { return [:] }
      let rows = try Row.fetchAll(
        db,
        sql:
          "SELECT sidecars.name, sidecars.sha256 FROM sidecars JOIN sources ON sources.id = source_id WHERE identity = ?",
        arguments: [identity])
      return Dictionary(try rows.map { (try $0.text(0), try $0.text(1)) }) { first, _ in first }
    }
  }

  /// Whether a sidecar states something about a photograph of any source. Costs an index lookup.
  package func isStated(bySidecar sha256: String) throws(StoreError) -> Bool {
    try read { db in
      guard try Self.hasPositions(db) else { return false }
      return try Bool.fetchOne(
        db, sql: "SELECT EXISTS (SELECT 1 FROM position_statements WHERE sidecar = ? AND sidecar <> '')",
        arguments: [sha256]) ?? false
    }
  }

  /// Whether a set of a source that covers the whole source is complete, and has a photograph.
  package func isReadToEnd(_ identity: String) throws(StoreError) -> Bool {
    try read { db in
      try Bool.fetchOne(
        db,
        sql: """
          SELECT EXISTS (
            SELECT 1 FROM sources JOIN result_sets ON source_id = sources.id
            WHERE identity = ? AND result_sets.state = 'complete' AND reason IS NULL AND EXISTS (
              SELECT 1 FROM members WHERE result_set_id = result_sets.id AND members.state = 'done'))
          """, arguments: [identity]) ?? false
    }
  }

  /// Whether a member of a source, in any state and in any of its sets, has a name for which a condition holds.
  package func hasMember(ofSource identity: String, where holds: (String) -> Bool) throws(StoreError) -> Bool {
    try read { db in
      let names = try String.fetchCursor(
        db,
        sql: """
          SELECT members.name
          FROM members JOIN result_sets ON result_sets.id = result_set_id JOIN sources ON sources.id = source_id
          WHERE identity = ?
          """, arguments: [identity])
      while let name = try names.next() {
        if holds(name) { return true }
      }
      return false
    }
  }

  /// The number of a source's photographs that have a position. Costs reading the source's positions.
  package func placedCount(ofSource identity: String) throws(StoreError) -> Int {
    try read { db in
      guard try Self.hasPositions(db) else { return 0 }
      return try Int.fetchOne(
        db,
        sql: """
          SELECT count(*) FROM positions JOIN sources ON sources.id = source_id
          WHERE identity = ? AND latitude IS NOT NULL
          """, arguments: [identity]) ?? 0
    }
  }

  /// Whether a set of a source was completed after one of these sidecars was stored, so that the sidecar may state
  /// something about photographs that had not been read then.
  package func isReadSince(sidecars names: [String], ofSource identity: String) throws(StoreError) -> Bool {
    try read { db in
      guard try Self.hasPositions(db) else { return false }
      return try Bool.fetchOne(
        db,
        sql: """
          SELECT EXISTS (
            SELECT 1 FROM sources JOIN sidecars ON sidecars.source_id = sources.id
              JOIN result_sets ON result_sets.source_id = sources.id
            WHERE identity = ? AND completed_at > taken_at
              AND sidecars.name IN (\(names.map { _ in "?" }.joined(separator: ", "))))
          """, arguments: [identity] + StatementArguments(names)) ?? false
    }
  }

  /// The members of a source's newest set that are not pictures and have one of the extensions, so that they may be
  /// sidecars.
  package func membersInside(_ identity: String, endingWith extensions: [String]) throws(StoreError) -> [MemberPlace] {
    try read { db in
      let condition = extensions.map { _ in "lower(members.name) GLOB ?" }.joined(separator: " OR ")
      let rows = try Row.fetchAll(
        db,
        sql: """
          SELECT ordinal, members.name, offset, members.byte_count
          FROM members JOIN result_sets ON result_sets.id = result_set_id JOIN sources ON sources.id = source_id
          WHERE identity = ? AND members.state = 'ignored' AND members.reason = 'member.not_a_picture' AND (\(condition))
            AND generation = (SELECT max(generation) FROM result_sets AS other WHERE other.source_id = sources.id)
          ORDER BY ordinal LIMIT 1000
          """, arguments: [identity] + StatementArguments(extensions.map { "*.\($0)" }))
      return try rows.map { row in
        MemberPlace(
          ordinal: try row.integer(0, in: 0...Int.max), name: try row.text(1), offset: try row.optionalAmount(2),
          byteCount: try row.amount(3), sha256: "")
      }
    }
  }

  /// Stores the statements of sidecars about a source's photographs in one transaction, replacing those of sidecars
  /// with the same names.
  package func keep(_ sidecars: [TakenSidecar], ofSource identity: String) throws(StoreError) {
    guard !sidecars.isEmpty else { return }
    try write { db in
      let source = try Int64.fetchOne(db, sql: "SELECT id FROM sources WHERE identity = ?", arguments: [identity])
      guard let source else { return }  // It was forgotten meanwhile.
      var changed: Set<Int64> = []
      for sidecar in sidecars {
        changed.formUnion(try Self.drop(sidecar: sidecar.name, ofSource: source, db))
        try db.execute(
          sql: """
            INSERT OR REPLACE INTO sidecars (source_id, name, sha256, origin, taken_at) VALUES (?, ?, ?, ?, \(Self.now))
            """, arguments: [source, sidecar.name, sidecar.sha256, sidecar.origin.rawValue])
        for (name, sha256, geotag) in sidecar.geotags {
          let key = PositionKey(source: source, sha256: sha256, name: name)
          let id = try Self.positionID(of: key, db) ?? Self.insertPosition(of: key, revision: 0, Geotag(), db)
          try Self.insert(GeotagStatement(origin: sidecar.origin, sidecar: sidecar.sha256, geotag: geotag), of: id, db)
          changed.insert(id)
        }
      }
      for id in changed { try Self.chooseAgain(id, db) }
      try Self.dropOrphanedPositions(of: source, db)
    }
  }

  /// Deletes the statements of a sidecar, unless another sidecar with the same content has them; returns the ids of the
  /// photographs.
  private static func drop(sidecar name: String, ofSource source: Int64, _ db: Database) throws -> [Int64] {
    let before = try String.fetchOne(
      db,
      sql: """
        SELECT sha256 FROM sidecars WHERE source_id = ?1 AND name = ?2
          AND NOT EXISTS (SELECT 1 FROM sidecars AS other
            WHERE other.source_id = ?1 AND other.name <> ?2 AND other.sha256 = sidecars.sha256)
        """, arguments: [source, name])
    guard let before else { return [] }
    let statement = """
      sidecar = ? AND position_id IN (SELECT id FROM positions WHERE source_id = ?)
      """
    let ids = try Int64.fetchAll(
      db, sql: "SELECT position_id FROM position_statements WHERE \(statement)", arguments: [before, source])
    try db.execute(sql: "DELETE FROM position_statements WHERE \(statement)", arguments: [before, source])
    return ids
  }
}
