/// The compass direction that a camera looked in.
public struct Heading: Sendable, Hashable, Codable {
  /// Which north it is measured from.
  public enum Reference: String, Sendable, Hashable, Codable {
    /// Geographic north; also where the origin doesn't say.
    case trueNorth = "true"
    /// Magnetic north: the declination is not known here.
    case magneticNorth = "magnetic"
  }

  /// What it is the direction of.
  public enum Kind: String, Sendable, Hashable, Codable {
    /// The optical axis.
    case view
    /// The camera's movement, which says little of its view.
    case movement
  }

  /// Clockwise from north in 1/100 degree, 0 to 35,999.
  public var hundredths: Int
  /// Which north it is measured from.
  public var reference: Reference
  /// What it is the direction of.
  public var kind: Kind
  /// What states it.
  public var origin: GeotagOrigin

  /// A full turn, in 1/100 degree.
  package static let turn = 36_000

  /// A heading from its parts; nil where the angle is out of range.
  public init?(hundredths: Int, reference: Reference = .trueNorth, kind: Kind = .view, origin: GeotagOrigin) {
    guard 0..<Heading.turn ~= hundredths else { return nil }
    (self.hundredths, self.reference, self.kind, self.origin) = (hundredths, reference, kind, origin)
  }

  /// The same from degrees, 0 to 360 inclusive; nil where they are out of range or no number.
  public init?(degrees: Double, reference: Reference = .trueNorth, kind: Kind = .view, origin: GeotagOrigin) {
    guard (0...360).contains(degrees) else { return nil }
    self.init(
      hundredths: Int((degrees * 100).rounded()) % Heading.turn, reference: reference, kind: kind, origin: origin)
  }
}
