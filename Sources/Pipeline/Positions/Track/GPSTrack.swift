package import StreetCore

/// The points of a GPS track by time, in segments between which the receiver was off.
package struct GPSTrack: Sendable {
  /// A track point.
  package struct Point: Sendable, Hashable {
    /// The time in milliseconds since 1970, UTC.
    package var instant: Int
    /// Latitude and longitude in 1e-7 degrees.
    package var latitude, longitude: Int
    /// The altitude in centimetres.
    package var altitude: Int?
    /// The number of its segment.
    package var part: Int

    /// A point from its parts.
    package init(instant: Int, latitude: Int, longitude: Int, altitude: Int? = nil, part: Int = 0) {
      (self.instant, self.latitude, self.longitude) = (instant, latitude, longitude)
      (self.altitude, self.part) = (altitude, part)
    }
  }

  /// The position of the receiver at a given time.
  package enum Place: Sendable, Hashable {
    /// A known position.
    case at(Position)
    /// Unknown: between points that are too far apart.
    case inGap
    /// Unknown: before the first point or after the last.
    case outside
  }

  /// The points sorted by time; at least one.
  package let points: [Point]

  /// The maximum time in milliseconds and the maximum distance in metres between two points for interpolation.
  package static let (longestGap, widestGap) = (60_000, 100.0)

  /// A track from points in any order; nil if there are none. Of two points with the same time, the first is used.
  package init?(_ points: [Point]) {
    let sorted = points.enumerated().sorted { ($0.element.instant, $0.offset) < ($1.element.instant, $1.offset) }
    self.points = sorted.map(\.element).reduce(into: []) { kept, point in
      if kept.last?.instant != point.instant { kept.append(point) }
    }
    if points.isEmpty { return nil }
  }

  /// The position at an instant in milliseconds since 1970, interpolated linearly between two points. With
  /// `isBridging`, gaps are interpolated too; there is no extrapolation.
  package func place(at instant: Int, isBridging: Bool = false) -> Place {
    var (low, high) = (0, points.count)
    while low < high {
      let middle = (low + high) / 2
      if points[middle].instant < instant { low = middle + 1 } else { high = middle }
    }
    guard low < points.count else { return .outside }
    let next = points[low]
    if next.instant == instant { return place(next) }
    guard low > 0 else { return .outside }
    let last = points[low - 1]
    if !isBridging, isGap(last, next) { return .inGap }
    let (part, whole) = (instant - last.instant, next.instant - last.instant)
    func between(_ a: Int, _ b: Int) -> Int { a + Int((Double(b - a) * (Double(part) / Double(whole))).rounded()) }
    var longitude = between(last.longitude, last.longitude + GPSTrack.turn(from: last, to: next))
    if longitude > Position.longitudes.upperBound { longitude -= 360 * Position.unit }
    if longitude < Position.longitudes.lowerBound { longitude += 360 * Position.unit }
    var altitude: Int?
    if let a = last.altitude, let b = next.altitude { altitude = between(a, b) }
    return place(
      Point(
        instant: instant, latitude: between(last.latitude, next.latitude), longitude: longitude, altitude: altitude))
  }

  private func place(_ point: Point) -> Place {
    Position(latitude: point.latitude, longitude: point.longitude, altitude: point.altitude, origin: .track)
      .map { .at($0) } ?? .inGap
  }

  private func isGap(_ a: Point, _ b: Point) -> Bool {
    a.part != b.part || b.instant - a.instant > GPSTrack.longestGap || GPSTrack.metres(a, b) > GPSTrack.widestGap
  }

  /// The longitude difference in 1e-7 degrees east, the shorter way round.
  private static func turn(from a: Point, to b: Point) -> Int {
    let difference = b.longitude - a.longitude
    let half = 180 * Position.unit
    return difference > half ? difference - 2 * half : difference < -half ? difference + 2 * half : difference
  }

  /// The approximate distance in metres of points that are near each other.
  static func metres(_ a: Point, _ b: Point) -> Double {
    let metre = 111_319.49 / Double(Position.unit)
    // The first terms of the cosine's series: the error is below 0.1 %, and every machine computes the same.
    let angle = Double(a.latitude + b.latitude) / 2 / Double(Position.unit) * .pi / 180
    let square = angle * angle
    let cosine = 1 - square / 2 * (1 - square / 12 * (1 - square / 30 * (1 - square / 56)))
    let north = Double(b.latitude - a.latitude) * metre
    let east = Double(turn(from: a, to: b)) * metre * max(0, cosine)
    return (north * north + east * east).squareRoot()
  }

  /// The seconds that must be added to the times of all photographs to bring them into the track: the smallest number
  /// of whole quarters of an hour, or else the offset from the first photograph to the track's first point. `instants`
  /// are the times of the photographs, at least one.
  package func fittingOffset(for instants: [Int]) -> Int? {
    guard let first = instants.min(), let last = instants.max(), let end = points.last else { return nil }
    let (least, most) = (points[0].instant - first, end.instant - last)
    for unit in [3_600_000, 1_800_000, 900_000] where least <= most {
      let up = (Double(least) / Double(unit)).rounded(.up), down = (Double(most) / Double(unit)).rounded(.down)
      guard up <= down else { continue }
      return Int(up > 0 ? up : down < 0 ? down : 0) * (unit / 1000)
    }
    return Int((Double(least) / 1000).rounded(.up))
  }
}
