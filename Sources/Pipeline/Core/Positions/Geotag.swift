/// The position, heading and time of a photograph, and how its columns belong to directions: as one origin states it, or as
/// precedence chooses among several.
public struct Geotag: Sendable, Hashable, Codable {
  /// Where.
  public var position: Position?
  /// The heading.
  public var heading: Heading?
  /// When.
  public var time: CaptureTime?
  /// What is known where it is a panorama.
  public var panorama: Panorama?
  /// Focal length in millimetres that gives the same view on film of 36 mm by 24 mm, 1 to 10,000.
  public var focalLength: Int?

  /// Focal lengths.
  package static let focalLengths = 1...10_000

  /// A geotag from its parts.
  public init(
    position: Position? = nil, heading: Heading? = nil, time: CaptureTime? = nil, panorama: Panorama? = nil,
    focalLength: Int? = nil
  ) {
    (self.position, self.heading, self.time) = (position, heading, time)
    (self.panorama, self.focalLength) = (panorama, focalLength)
  }

  /// Whether it says nothing.
  public var isEmpty: Bool { self == Geotag() }

  /// What counts of several statements, value by value, in the order of precedence: the first position; the first direction of
  /// view, else of movement; the first instant, else the first time without a zone.
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

/// What one origin states of a photograph.
public struct GeotagStatement: Sendable, Hashable, Codable, Comparable {
  /// The origin.
  public var origin: GeotagOrigin
  /// SHA-256 of the file that states it, lower-case hexadecimal; nil for the photograph itself.
  public var sidecar: String?
  /// What it states.
  public var geotag: Geotag

  /// A statement from its parts.
  public init(origin: GeotagOrigin, sidecar: String? = nil, geotag: Geotag) {
    (self.origin, self.sidecar, self.geotag) = (origin, sidecar, geotag)
  }

  /// By precedence.
  public static func < (a: GeotagStatement, b: GeotagStatement) -> Bool {
    (a.origin.rank, a.sidecar ?? "") < (b.origin.rank, b.sidecar ?? "")
  }
}
