public import Foundation
package import StreetPositions

/// How positions are read. These options do not affect numbers.
public struct PositionOptions: Sendable {
  /// Whether positions, headings and times are stored at all.
  public var isOn = true
  /// The zone of times that state none; nil to leave them without a zone.
  public var timeZone: TimeZone?
  /// Seconds to add to photographs' times before they are matched with a track.
  public var timeOffset = 0
  /// Whether positions in a track's gaps are interpolated.
  public var bridgesGaps = false

  /// The defaults.
  public init() {}

  /// Reads geotags from the bytes of photographs.
  package var reader: GeotagReader { GeotagReader(timeZone: timeZone) }
}
