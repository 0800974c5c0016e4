/// A number and the picture in which it was found.
public struct FoundNumber: Sendable, Hashable {
  /// The name of the source; nil for a picture without a source.
  public var archive: String?
  /// The SHA-256 of the source's bytes; nil for a source without bytes of its own, such as a folder.
  public var archiveSHA256: String?
  /// The picture's member name in the source.
  public var image: String
  /// The picture's ordinal in the source, from 0; nil for a picture without a source.
  public var ordinal: Int?
  /// Width of the upright picture in pixels.
  public var width: Int
  /// Height of the upright picture in pixels.
  public var height: Int
  /// The number.
  public var number: HouseNumber
  /// The provenance; nil if the query did not request it, or the picture has no source.
  public var provenance: Provenance?
  /// The position, heading and time of the picture; nil if the query did not request it, or nothing is known.
  public var geotag: Geotag?
  /// The review of the number; nil if the query did not request it.
  public var review: NumberReview?
  /// Whether the result set read every picture as a panorama of a full turn; false if the query did not request
  /// geotags.
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
