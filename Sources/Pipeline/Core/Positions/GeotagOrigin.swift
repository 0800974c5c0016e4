/// What states the position, heading or time of a photograph. Of several the first of these counts.
public enum GeotagOrigin: String, Sendable, Hashable, Codable, CaseIterable {
  /// A file beside the source, or one that was given later.
  case beside
  /// A file in the source.
  case inside
  /// EXIF in the photograph.
  case exif
  /// XMP in the photograph.
  case xmp
  /// A GPS track, by the photograph's time.
  case track

  /// Place in the precedence, from 0.
  package var rank: Int { GeotagOrigin.allCases.firstIndex(of: self) ?? GeotagOrigin.allCases.count }
}
