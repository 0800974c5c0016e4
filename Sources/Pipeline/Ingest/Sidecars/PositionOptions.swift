public import Foundation
package import StreetPositions

/// How positions are read. Changes no number.
public struct PositionOptions: Sendable {
  /// Whether positions, directions and times are kept at all.
  public var isOn = true
  /// The zone of times that have none; nil to leave them without.
  public var timeZone: TimeZone?
  /// Seconds that are added to photographs' times before they are looked up in a track.
  public var timeOffset = 0
  /// Whether a track's gaps are crossed on a straight line.
  public var bridgesGaps = false

  /// The defaults.
  public init() {}

  /// What reads the bytes of photographs.
  package var reader: GeotagReader { GeotagReader(timeZone: timeZone) }
}
