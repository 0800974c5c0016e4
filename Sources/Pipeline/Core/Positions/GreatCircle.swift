import Foundation

/// Distances and directions on a sphere with the earth's mean radius; the error of a distance is at most half a
/// percent.
package enum GreatCircle {
  /// The mean radius of WGS 84, in metres.
  package static let radius = 6_371_008.8

  /// The distance between two points in metres, by the haversine formula, which is accurate for small distances too.
  package static func distance(_ a: Coordinate, _ b: Coordinate) -> Double {
    let (from, to) = (radians(a), radians(b))
    let (half, turn) = (sin((to.north - from.north) / 2), sin((to.east - from.east) / 2))
    let square = half * half + cos(from.north) * cos(to.north) * turn * turn
    return 2 * radius * asin(min(1, square.squareRoot()))
  }

  /// The point at the given distance in the given compass direction in degrees.
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

  /// The length of a degree of longitude at a latitude in 1e-7 degrees, as a share of its length at the equator.
  package static func parallelShare(of latitude: Int) -> Double {
    cos(Double(latitude) / Double(Position.unit) * .pi / 180)
  }

  private static func radians(_ point: Coordinate) -> (north: Double, east: Double) {
    (point.degrees.north * .pi / 180, point.degrees.east * .pi / 180)
  }
}
