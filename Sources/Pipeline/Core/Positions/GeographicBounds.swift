import Foundation

/// The area between two meridians and two parallels, including its edges.
public struct GeographicBounds: Sendable, Hashable {
  /// The western edge in 1e-7 degrees east; greater than the eastern edge if the area crosses the antimeridian.
  public var west: Int
  /// The southern edge in 1e-7 degrees north.
  public var south: Int
  /// The eastern edge in 1e-7 degrees east.
  public var east: Int
  /// The northern edge in 1e-7 degrees north.
  public var north: Int

  /// Bounds from two corners; nil if the southern edge is north of the northern edge.
  public init?(southWest: Coordinate, northEast: Coordinate) {
    guard southWest.latitude <= northEast.latitude else { return nil }
    (west, south) = (southWest.longitude, southWest.latitude)
    (east, north) = (northEast.longitude, northEast.latitude)
  }

  /// The smallest bounds that contain all points within a distance of a point, extended by at most a hundredth of a
  /// metre.
  package init(around centre: Coordinate, metres: Double) {
    let unit = 180 / .pi * Double(Position.unit)
    let angle = max(metres, 0) / GreatCircle.radius
    // No point is farther away than half a turn; one unit more covers rounding.
    let reach = Int(min(angle, 4) * unit) + 2
    let latitudes = Position.latitudes
    south = max(centre.latitude - reach, latitudes.lowerBound)
    north = min(centre.latitude + reach, latitudes.upperBound)
    (west, east) = (Position.longitudes.lowerBound, Position.longitudes.upperBound)
    // Near a pole, the circle crosses every meridian.
    guard south > latitudes.lowerBound, north < latitudes.upperBound else { return }
    let ratio = sin(angle) / cos(centre.degrees.north * .pi / 180)
    guard angle < .pi / 2, ratio < 1 else { return }
    let side = Int(asin(ratio) * unit) + 2
    west = Coordinate(nearestLatitude: 0, turnedLongitude: centre.longitude - side).longitude
    east = Coordinate(nearestLatitude: 0, turnedLongitude: centre.longitude + side).longitude
  }

  /// A rectangle in the plane of longitudes and latitudes.
  package struct Part: Sendable, Hashable {
    /// The edges in 1e-7 degrees.
    package var west, east, south, north: Int
  }

  /// The bounds as rectangles in the plane of longitudes and latitudes, where the antimeridian has two sides and a pole
  /// is a line.
  package var parts: [Part] {
    let (longitudes, latitudes) = (Position.longitudes, Position.latitudes)
    var parts: [Part] = []
    func add(_ west: Int, _ east: Int) { parts.append(Part(west: west, east: east, south: south, north: north)) }
    if west <= east {
      add(west, east)
      // Both sides of the antimeridian are the same meridian.
      let (first, last) = (longitudes.lowerBound, longitudes.upperBound)
      if east == last, west > first { add(first, first) }
      if west == first, east < last { add(last, last) }
    } else {
      add(west, longitudes.upperBound)
      add(longitudes.lowerBound, east)
    }
    for pole in [latitudes.lowerBound, latitudes.upperBound] where south == pole || north == pole {
      parts.append(Part(west: longitudes.lowerBound, east: longitudes.upperBound, south: pole, north: pole))
    }
    return parts
  }
}
