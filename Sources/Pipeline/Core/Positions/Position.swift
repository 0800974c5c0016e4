/// Where a photograph was taken, WGS 84.
public struct Position: Sendable, Hashable, Codable {
  /// Degrees north in 1e-7, -900,000,000 to 900,000,000.
  public var latitude: Int
  /// Degrees east in 1e-7, -1,800,000,000 to 1,800,000,000.
  public var longitude: Int
  /// Centimetres above the sea, as far as the origin knows; nil where it doesn't say.
  public var altitude: Int?
  /// Centimetres within which the position is, as the origin states or as its kind of fix allows; nil where nothing is known.
  public var accuracy: Int?
  /// What states it.
  public var origin: GeotagOrigin

  /// Units of a degree.
  public static let unit = 10_000_000
  /// Latitudes.
  package static let latitudes = -90 * unit...90 * unit
  /// Longitudes.
  package static let longitudes = -180 * unit...180 * unit

  /// A position from its parts; nil where it is out of range, and for latitude and longitude 0, which stands for no position.
  public init?(latitude: Int, longitude: Int, altitude: Int? = nil, accuracy: Int? = nil, origin: GeotagOrigin) {
    guard Position.latitudes ~= latitude, Position.longitudes ~= longitude, (latitude, longitude) != (0, 0) else {
      return nil
    }
    (self.latitude, self.longitude, self.origin) = (latitude, longitude, origin)
    (self.altitude, self.accuracy) = (altitude, accuracy)
  }

  /// The same from degrees; nil where they are out of range or no numbers.
  public init?(
    degreesNorth: Double, degreesEast: Double, altitude: Int? = nil, accuracy: Int? = nil, origin: GeotagOrigin
  ) {
    guard (-90...90).contains(degreesNorth), (-180...180).contains(degreesEast) else { return nil }
    let unit = Double(Position.unit)
    self.init(
      latitude: Int((degreesNorth * unit).rounded()), longitude: Int((degreesEast * unit).rounded()),
      altitude: altitude, accuracy: accuracy, origin: origin)
  }
}
