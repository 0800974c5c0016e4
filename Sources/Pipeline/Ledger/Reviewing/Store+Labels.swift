import GRDB
package import StreetCore

/// The labels of pictures that are marked as complete.
extension Store {
  /// Passes each picture that is marked as complete to `body`, sorted by source name and ordinal; a picture in several
  /// places is passed once. Returns the number of marked pictures that are not in the database.
  ///
  /// Throws the errors of reading and of `body`.
  package func forEachLabelledPicture(_ body: (LabelledPicture) throws -> Void) throws -> Int {
    let (pictures, elsewhere) = try read { db -> ([LabelledPicture], Int) in
      guard try Self.hasDecisions(db) else { return ([], 0) }
      var (pictures, elsewhere): ([(place: PictureReview.Place, identity: String, picture: LabelledPicture)], Int) = (
        [], 0
      )
      for sha256 in try String.fetchAll(
        db, sql: "SELECT DISTINCT sha256 FROM decisions WHERE verdict = 'complete' ORDER BY 1")
      {
        let decisions = try Self.decisions(ofPicture: sha256, db)
        guard let member = try Self.newestMembers(ofPicture: sha256, db).first else {
          elsewhere += Resolution(decisions, readings: []).completion == nil ? 0 : 1
          continue
        }
        let place = try Self.place(member, db)
        let picture = LabelledPicture(
          archive: place.archive, image: place.image, sha256: sha256, size: member.size, decisions: decisions)
        if let picture { pictures.append((place, place.archiveSHA256 ?? "", picture)) }
      }
      let sorted = pictures.sorted { a, b in
        if a.place.archive != b.place.archive {
          return a.place.archive.utf8.lexicographicallyPrecedes(b.place.archive.utf8)
        }
        return (a.identity, a.place.ordinal) < (b.identity, b.place.ordinal)
      }
      return (sorted.map(\.picture), elsewhere)
    }
    for picture in pictures { try body(picture) }
    return elsewhere
  }
}
