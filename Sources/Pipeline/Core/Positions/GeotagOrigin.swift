/// The origins of a photograph's position, heading or time, in the order of precedence.
public enum GeotagOrigin: String, Sendable, Hashable, Codable, CaseIterable {
  /// A sidecar file next to the source, or one given later.
  case beside
  /// A sidecar file in the source.
  case inside
  /// EXIF metadata in the photograph.
  case exif
  /// XMP metadata in the photograph.
  case xmp
  /// A GPS track, matched by the photograph's time.
  case track

  /// The rank in the order of precedence, from 0.
  package var rank: Int { GeotagOrigin.allCases.firstIndex(of: self) ?? GeotagOrigin.allCases.count }
}
