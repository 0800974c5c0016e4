package import DigitNet
import GRDB
package import StreetCore

/// A picture with all that was read and decided in it.
package struct PictureReview: Sendable, Hashable {
  /// Where it stands in a source.
  package struct Place: Sendable, Hashable {
    /// The source's name.
    package var archive: String
    /// SHA-256 of the source; nil of folders.
    package var archiveSHA256: String?
    /// The picture's name in the source.
    package var image: String
    /// Its place in the source, from 0.
    package var ordinal: Int
    /// SHA-256 of the model file by which it was read, and `result_sets.method`.
    package var model, method: String
  }

  /// SHA-256 of its bytes, lower-case hexadecimal.
  package var sha256: String
  /// Its size, upright.
  package var size: ImageSize
  /// The sources that have it, by name; at least one. What is read in it is that of the first.
  package var places: [Place]
  /// What was read, by rank, and then what reviewers added; numbers of any confidence, and such as were rejected.
  package var spots: [Resolution.Spot]
  /// The decision that it is complete; nil where it is not.
  package var completion: Decision?
  /// All decisions, undone ones too, in the order of their counters.
  package var decisions: [Decision]
}

extension Store {
  /// A picture with its numbers and decisions; nil where none of the SHA-256 is known. Costs looks into indexes.
  package func pictureReview(_ sha256: String) throws(StoreError) -> PictureReview? {
    try read { db -> PictureReview? in
      let members = try Self.newestMembers(ofPicture: sha256, db)
      guard let first = members.first else { return nil }
      let decisions = try Self.decisions(ofPicture: sha256, db)
      let resolution = Resolution(decisions, readings: first.readings)
      return PictureReview(
        sha256: sha256, size: first.size, places: try members.map { try Self.place($0, db) },
        spots: resolution.spots, completion: resolution.completion, decisions: decisions)
    }
  }

  static func place(_ member: ReadPicture, _ db: Database) throws -> PictureReview.Place {
    let row = try Row.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT sources.name, sources.sha256, members.name FROM members
          JOIN result_sets ON result_sets.id = result_set_id JOIN sources ON sources.id = source_id
          WHERE result_set_id = ? AND ordinal = ?
          """), arguments: [member.set, member.ordinal])
    guard let row else { throw Damage(description: "a member can't be found again") }
    return PictureReview.Place(
      archive: try row.text(0), archiveSHA256: try row.optionalText(1), image: try row.text(2),
      ordinal: member.ordinal, model: member.model, method: member.method)
  }
}
