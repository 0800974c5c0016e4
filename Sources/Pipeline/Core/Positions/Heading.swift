/// The compass direction of a camera.
public struct Heading: Sendable, Hashable, Codable {
  /// The north that a heading is measured from.
  public enum Reference: String, Sendable, Hashable, Codable {
    /// Geographic north; also the default if the origin does not say.
    case trueNorth = "true"
    /// Magnetic north; the declination is unknown.
    case magneticNorth = "magnetic"
  }

  /// The kind of direction.
  public enum Kind: String, Sendable, Hashable, Codable {
    /// The direction of view: the optical axis.
    case view
    /// The direction of movement, which says little about the view.
    case movement
  }

  /// The angle clockwise from north in 1/100 degree, 0 to 35,999.
  public var hundredths: Int
  /// The north that the heading is measured from.
  public var reference: Reference
  /// The kind of direction.
  public var kind: Kind
  /// The origin of the heading.
  public var origin: GeotagOrigin

  /// A full turn in 1/100 degree.
  package static let turn = 36_000

  /// A heading from its parts; nil if the angle is out of range.
  public init?(hundredths: Int, reference: Reference = .trueNorth, kind: Kind = .view, origin: GeotagOrigin) {
    guard 0..<Heading.turn ~= hundredths else { return nil }
    (self.hundredths, self.reference, self.kind, self.origin) = (hundredths, reference, kind, origin)
  }

  /// A heading from an angle in degrees, 0 to 360 inclusive; nil if it is out of range or NaN.
  public init?(degrees: Double, reference: Reference = .trueNorth, kind: Kind = .view, origin: GeotagOrigin) {
    guard (0...360).contains(degrees) else { return nil }
    self.init(
      hundredths: Int((degrees * 100).rounded()) % Heading.turn, reference: reference, kind: kind, origin: origin)
  }
}
