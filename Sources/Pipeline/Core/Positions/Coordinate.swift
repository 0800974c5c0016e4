/// A point on the earth in WGS 84.
public struct Coordinate: Sendable, Hashable, Codable {
  /// Latitude in 1e-7 degrees north, -900,000,000 to 900,000,000.
  public var latitude: Int
  /// Longitude in 1e-7 degrees east, -1,800,000,000 to 1,800,000,000.
  public var longitude: Int

  /// A point from its parts; nil if one is out of range.
  public init?(latitude: Int, longitude: Int) {
    guard Position.latitudes ~= latitude, Position.longitudes ~= longitude else { return nil }
    (self.latitude, self.longitude) = (latitude, longitude)
  }

  /// A point from degrees; nil if one is out of range or NaN.
  public init?(degreesNorth: Double, degreesEast: Double) {
    guard (-90...90).contains(degreesNorth), (-180...180).contains(degreesEast) else { return nil }
    let unit = Double(Position.unit)
    self.init(latitude: Int((degreesNorth * unit).rounded()), longitude: Int((degreesEast * unit).rounded()))
  }

  /// A point from a latitude, which is clamped at the poles, and a longitude, which is normalised by full turns.
  package init(nearestLatitude latitude: Int, turnedLongitude longitude: Int) {
    let (half, turn) = (Position.longitudes.upperBound, 2 * Position.longitudes.upperBound)
    self.latitude = min(max(latitude, Position.latitudes.lowerBound), Position.latitudes.upperBound)
    self.longitude = ((longitude + half) % turn + turn) % turn - half
  }

  /// Latitude and longitude in degrees.
  package var degrees: (north: Double, east: Double) {
    (Double(latitude) / Double(Position.unit), Double(longitude) / Double(Position.unit))
  }
}

extension Position {
  /// The point.
  public var coordinate: Coordinate { Coordinate(nearestLatitude: latitude, turnedLongitude: longitude) }
}
