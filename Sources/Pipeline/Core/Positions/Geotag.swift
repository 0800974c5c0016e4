/// The position, heading and time of a photograph, and the directions of its columns: as stated by one origin, or
/// chosen from several by precedence.
public struct Geotag: Sendable, Hashable, Codable {
  /// The position.
  public var position: Position?
  /// The heading.
  public var heading: Heading?
  /// The time.
  public var time: CaptureTime?
  /// The panorama's projection and extent; nil for other pictures.
  public var panorama: Panorama?
  /// The focal length in millimetres with the same view on film of 36 mm by 24 mm, 1 to 10,000.
  public var focalLength: Int?

  /// The range of focal lengths in millimetres.
  package static let focalLengths = 1...10_000

  /// A geotag from its parts.
  public init(
    position: Position? = nil, heading: Heading? = nil, time: CaptureTime? = nil, panorama: Panorama? = nil,
    focalLength: Int? = nil
  ) {
    (self.position, self.heading, self.time) = (position, heading, time)
    (self.panorama, self.focalLength) = (panorama, focalLength)
  }

  /// Whether all values are nil.
  public var isEmpty: Bool { self == Geotag() }

  /// Chooses each value from several statements in the order of precedence: the first position; the first heading of
  /// view, or else of movement; the first time with a zone, or else the first without.
  package init(choosingFrom statements: [GeotagStatement]) {
    let geotags = statements.sorted().map(\.geotag)
    position = geotags.lazy.compactMap(\.position).first
    let headings = geotags.compactMap(\.heading)
    heading = headings.first { $0.kind == .view } ?? headings.first
    let times = geotags.compactMap(\.time)
    time = times.first { $0.instant != nil } ?? times.first
    panorama = geotags.lazy.compactMap(\.panorama).first
    focalLength = geotags.lazy.compactMap(\.focalLength).first
  }
}

/// The geotag of a photograph as stated by one origin.
public struct GeotagStatement: Sendable, Hashable, Codable, Comparable {
  /// The origin.
  public var origin: GeotagOrigin
  /// The SHA-256 of the file that states it, in lower-case hexadecimal; nil for the photograph itself.
  public var sidecar: String?
  /// The geotag that is stated.
  public var geotag: Geotag

  /// A statement from its parts.
  public init(origin: GeotagOrigin, sidecar: String? = nil, geotag: Geotag) {
    (self.origin, self.sidecar, self.geotag) = (origin, sidecar, geotag)
  }

  /// Orders by precedence.
  public static func < (a: GeotagStatement, b: GeotagStatement) -> Bool {
    (a.origin.rank, a.sidecar ?? "") < (b.origin.rank, b.sidecar ?? "")
  }
}
