/// A point on the earth, WGS 84.
public struct Coordinate: Sendable, Hashable, Codable {
  /// Degrees north in 1e-7, -900,000,000 to 900,000,000.
  public var latitude: Int
  /// Degrees east in 1e-7, -1,800,000,000 to 1,800,000,000.
  public var longitude: Int

  /// A point from its parts; nil where they are out of range.
  public init?(latitude: Int, longitude: Int) {
    guard Position.latitudes ~= latitude, Position.longitudes ~= longitude else { return nil }
    (self.latitude, self.longitude) = (latitude, longitude)
  }

  /// The same from degrees; nil where they are out of range or no numbers.
  public init?(degreesNorth: Double, degreesEast: Double) {
    guard (-90...90).contains(degreesNorth), (-180...180).contains(degreesEast) else { return nil }
    let unit = Double(Position.unit)
    self.init(latitude: Int((degreesNorth * unit).rounded()), longitude: Int((degreesEast * unit).rounded()))
  }

  /// A point whose latitude is cut off at the poles, and whose longitude may be turns away.
  package init(nearestLatitude latitude: Int, turnedLongitude longitude: Int) {
    let (half, turn) = (Position.longitudes.upperBound, 2 * Position.longitudes.upperBound)
    self.latitude = min(max(latitude, Position.latitudes.lowerBound), Position.latitudes.upperBound)
    self.longitude = ((longitude + half) % turn + turn) % turn - half
  }

  /// Degrees north and east.
  package var degrees: (north: Double, east: Double) {
    (Double(latitude) / Double(Position.unit), Double(longitude) / Double(Position.unit))
  }
}

extension Position {
  /// The point.
  public var coordinate: Coordinate { Coordinate(nearestLatitude: latitude, turnedLongitude: longitude) }
}
