import GRDB
package import StreetCore

/// A place where the bytes of a picture were seen.
package struct PicturePlace: Sendable, Hashable {
  /// The name of the source.
  package let source: String
  /// The paths of the source, latest first.
  package let paths: [String]
  /// The place of the member in the source.
  package let member: MemberPlace
}

extension Store {
  /// The places at which a picture was seen, those of the newest sets first; streams are left out. Costs index lookups.
  ///
  /// - Parameter sha256: The SHA-256 of the picture's bytes, in lower-case hexadecimal.
  package func places(ofPicture sha256: String) throws(StoreError) -> [PicturePlace] {
    try read { db in
      let statement = try db.cachedStatement(
        sql: """
          SELECT sources.id, sources.kind, sources.name, ordinal, members.name, offset, members.byte_count
          FROM members JOIN result_sets ON result_sets.id = result_set_id JOIN sources ON sources.id = source_id
          WHERE members.sha256 = ? AND alias_of IS NULL AND kind <> 'stream' ORDER BY result_set_id DESC, ordinal
          """)
      var places: [PicturePlace] = []
      for row in try Row.fetchAll(statement, arguments: [sha256]) {
        let (id, name) = (try row.integer(0, in: 0...Int.max), try row.text(2))
        let member = MemberPlace(
          ordinal: try row.integer(3, in: 0...Int.max), name: try row.text(4), offset: try row.optionalAmount(5),
          byteCount: try row.amount(6), sha256: sha256)
        let paths = try row.text(1) == "folder" ? [name] : try Self.paths(of: id, db)
        let place = PicturePlace(source: name, paths: paths, member: member)
        if !places.contains(place) { places.append(place) }
      }
      return places
    }
  }
}
