package import DigitNet
import GRDB
package import StreetCore

/// A picture with its readings and decisions.
package struct PictureReview: Sendable, Hashable {
  /// The place of a picture in a source.
  package struct Place: Sendable, Hashable {
    /// The source's name.
    package var archive: String
    /// The SHA-256 of the source; nil for folders.
    package var archiveSHA256: String?
    /// The picture's member name.
    package var image: String
    /// The ordinal in the source, from 0.
    package var ordinal: Int
    /// The SHA-256 of the model file that read it, and `result_sets.method`.
    package var model, method: String
  }

  /// The SHA-256 of the picture's bytes, in lower-case hexadecimal.
  package var sha256: String
  /// The size of the upright picture.
  package var size: ImageSize
  /// The places of the picture, sorted by source name, at least one. The readings are those of the first.
  package var places: [Place]
  /// The numbers read, by rank, followed by those that reviewers added; of any confidence, including rejected ones.
  package var spots: [Resolution.Spot]
  /// The decision that the picture is complete; nil if there is none.
  package var completion: Decision?
  /// All decisions by counter, including undone ones.
  package var decisions: [Decision]
}

extension Store {
  /// A picture with its readings and decisions; nil if the SHA-256 is unknown. Costs index lookups.
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
