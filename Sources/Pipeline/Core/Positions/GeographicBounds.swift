import Foundation

/// The part of the earth between two meridians and two parallels, its edges included.
public struct GeographicBounds: Sendable, Hashable {
  /// Degrees east in 1e-7 of the western edge; greater than that of the eastern edge where the antimeridian lies between them.
  public var west: Int
  /// Degrees north in 1e-7 of the southern edge.
  public var south: Int
  /// Degrees east in 1e-7 of the eastern edge.
  public var east: Int
  /// Degrees north in 1e-7 of the northern edge.
  public var north: Int

  /// Bounds from two corners; nil where the south lies north of the north.
  public init?(southWest: Coordinate, northEast: Coordinate) {
    guard southWest.latitude <= northEast.latitude else { return nil }
    (west, south) = (southWest.longitude, southWest.latitude)
    (east, north) = (northEast.longitude, northEast.latitude)
  }

  /// The smallest bounds that hold all points no farther than some metres from a point, or a hundredth of a metre more.
  package init(around centre: Coordinate, metres: Double) {
    let unit = 180 / .pi * Double(Position.unit)
    let angle = max(metres, 0) / GreatCircle.radius
    // Beyond half a turn there is no point; one unit more covers rounding.
    let reach = Int(min(angle, 4) * unit) + 2
    let latitudes = Position.latitudes
    south = max(centre.latitude - reach, latitudes.lowerBound)
    north = min(centre.latitude + reach, latitudes.upperBound)
    (west, east) = (Position.longitudes.lowerBound, Position.longitudes.upperBound)
    // Around a pole all meridians are near.
    guard south > latitudes.lowerBound, north < latitudes.upperBound else { return }
    let ratio = sin(angle) / cos(centre.degrees.north * .pi / 180)
    guard angle < .pi / 2, ratio < 1 else { return }
    let side = Int(asin(ratio) * unit) + 2
    west = Coordinate(nearestLatitude: 0, turnedLongitude: centre.longitude - side).longitude
    east = Coordinate(nearestLatitude: 0, turnedLongitude: centre.longitude + side).longitude
  }

  /// A part of the plane of longitudes and latitudes.
  package struct Part: Sendable, Hashable {
    /// Degrees in 1e-7.
    package var west, east, south, north: Int
  }

  /// The same in the plane of longitudes and latitudes, where the antimeridian has two sides and a pole is a line.
  package var parts: [Part] {
    let (longitudes, latitudes) = (Position.longitudes, Position.latitudes)
    var parts: [Part] = []
    func add(_ west: Int, _ east: Int) { parts.append(Part(west: west, east: east, south: south, north: north)) }
    if west <= east {
      add(west, east)
      // Both of its sides are one meridian.
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
