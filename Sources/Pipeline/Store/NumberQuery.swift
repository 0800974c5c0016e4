/// Which numbers to give: all that meet every condition that is set.
public struct NumberQuery: Sendable, Hashable {
  /// Exactly this number, as text: "007" is not "7".
  public var number: String?
  /// Numbers that begin with this.
  public var prefix: String?
  /// Numbers that match a pattern, with `*` for any text and `?` for any one character.
  public var like: String?
  /// Images whose name in the archive matches a pattern.
  public var image: String?
  /// Archives whose name matches a pattern.
  public var archive: String?
  /// Results of one model, instead of each source's newest: its id, or hexadecimal digits that it begins with.
  public var model: String?
  /// The least confidence, in 1/10,000.
  public var minimumConfidence = 5_000
  /// At most so many; nil for all.
  public var limit: Int?

  /// All numbers of the usual confidence.
  public init() {}
}

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

  /// A found number from its parts.
  public init(
    archive: String?, archiveSHA256: String?, image: String, ordinal: Int?, width: Int, height: Int,
    number: HouseNumber
  ) {
    self.archive = archive
    self.archiveSHA256 = archiveSHA256
    self.image = image
    self.ordinal = ordinal
    self.width = width
    self.height = height
    self.number = number
  }
}
