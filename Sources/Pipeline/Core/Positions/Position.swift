/// The position at which a photograph was taken, in WGS 84.
public struct Position: Sendable, Hashable, Codable {
  /// Latitude in 1e-7 degrees north, -900,000,000 to 900,000,000.
  public var latitude: Int
  /// Longitude in 1e-7 degrees east, -1,800,000,000 to 1,800,000,000.
  public var longitude: Int
  /// The altitude above sea level in centimetres; nil if not stated.
  public var altitude: Int?
  /// The accuracy in centimetres, as stated or as implied by the kind of fix; nil if unknown.
  public var accuracy: Int?
  /// The origin of the position.
  public var origin: GeotagOrigin

  /// Units per degree.
  public static let unit = 10_000_000
  /// The range of latitudes.
  package static let latitudes = -90 * unit...90 * unit
  /// The range of longitudes.
  package static let longitudes = -180 * unit...180 * unit

  /// A position from its parts; nil if one is out of range, or if latitude and longitude are both 0, which means no
  /// position.
  public init?(latitude: Int, longitude: Int, altitude: Int? = nil, accuracy: Int? = nil, origin: GeotagOrigin) {
    guard Position.latitudes ~= latitude, Position.longitudes ~= longitude, (latitude, longitude) != (0, 0) else {
      return nil
    }
    (self.latitude, self.longitude, self.origin) = (latitude, longitude, origin)
    (self.altitude, self.accuracy) = (altitude, accuracy)
  }

  /// A position from degrees; nil if one is out of range or NaN.
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
