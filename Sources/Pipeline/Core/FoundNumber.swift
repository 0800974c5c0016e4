/// A number and the picture it was found in.
public struct FoundNumber: Sendable, Hashable {
  /// The name of the source; nil for a picture that lies in none.
  public var archive: String?
  /// SHA-256 of the source's bytes; nil where it has none, as a folder.
  public var archiveSHA256: String?
  /// The picture's name in the source.
  public var image: String
  /// The picture's place in the source, from 0; nil for a picture that lies in none.
  public var ordinal: Int?
  /// Width of the upright picture in pixels.
  public var width: Int
  /// Height of the upright picture in pixels.
  public var height: Int
  /// The number.
  public var number: HouseNumber
  /// What it was read by; nil where a query did not ask for it, and for a picture that lies in no source.
  public var provenance: Provenance?
  /// The position, heading and time of the picture; nil where a query did not ask for it, and where nothing is known of it.
  public var geotag: Geotag?
  /// What reviewers have to do with it; nil where a query did not ask for it.
  public var review: NumberReview?
  /// Whether every picture of its result set was read as a panorama of a full turn; false where a query did not ask for geotags.
  public var isReadAsPanorama = false

  /// A found number from its parts.
  package init(
    archive: String?, archiveSHA256: String?, image: String, ordinal: Int?, width: Int, height: Int,
    number: HouseNumber, provenance: Provenance? = nil, geotag: Geotag? = nil, review: NumberReview? = nil
  ) {
    self.archive = archive
    self.archiveSHA256 = archiveSHA256
    self.image = image
    self.ordinal = ordinal
    self.width = width
    self.height = height
    self.number = number
    self.provenance = provenance
    self.geotag = geotag
    self.review = review
  }
}
