import Foundation

/// Distances and directions on a sphere with the earth's mean radius; a distance is wrong by half a percent at most.
package enum GreatCircle {
  /// The mean radius of WGS 84, in metres.
  package static let radius = 6_371_008.8

  /// Metres between two points, by the haversine formula, which is exact for small distances, too.
  package static func distance(_ a: Coordinate, _ b: Coordinate) -> Double {
    let (from, to) = (radians(a), radians(b))
    let (half, turn) = (sin((to.north - from.north) / 2), sin((to.east - from.east) / 2))
    let square = half * half + cos(from.north) * cos(to.north) * turn * turn
    return 2 * radius * asin(min(1, square.squareRoot()))
  }

  /// The point that lies so many metres away, in a compass direction in degrees.
  package static func point(from start: Coordinate, bearing: Double, metres: Double) -> Coordinate {
    let (from, course, angle) = (radians(start), bearing * .pi / 180, metres / radius)
    let north = asin(
      min(max(sin(from.north) * cos(angle) + cos(from.north) * sin(angle) * cos(course), -1), 1))
    let east =
      from.east
      + atan2(sin(course) * sin(angle) * cos(from.north), cos(angle) - sin(from.north) * sin(north))
    let unit = 180 / .pi * Double(Position.unit)
    return Coordinate(
      nearestLatitude: Int((north * unit).rounded()), turnedLongitude: Int((east * unit).rounded()))
  }

  /// How long a degree of longitude is at a latitude in 1e-7 degrees, as a share of one at the equator.
  package static func parallelShare(of latitude: Int) -> Double {
    cos(Double(latitude) / Double(Position.unit) * .pi / 180)
  }

  private static func radians(_ point: Coordinate) -> (north: Double, east: Double) {
    (point.degrees.north * .pi / 180, point.degrees.east * .pi / 180)
  }
}
