import GRDB
import StreetCore

/// The columns of a geotag in a row.
enum GeotagColumns {
  /// The columns of the values.
  static let names = [
    "latitude", "longitude", "altitude", "accuracy", "heading", "heading_reference", "heading_kind", "captured_ms",
    "captured_offset", "projection", "full_width", "cropped_left", "cropped_width", "pose_heading", "focal_length",
  ]
  /// The columns of the origins, for a chosen geotag.
  static let origins = ["position_origin", "heading_origin", "captured_origin"]
  /// All columns of a chosen geotag.
  static let all = names + origins
}

extension Geotag {
  /// The values of `GeotagColumns.names`.
  var columns: StatementArguments {
    [
      position?.latitude, position?.longitude, position?.altitude, position?.accuracy,
      heading?.hundredths, heading?.reference.rawValue, heading?.kind.rawValue,
      time?.milliseconds, time?.offset,
      panorama?.projection, panorama?.fullWidth, panorama?.croppedLeft, panorama?.croppedWidth, panorama?.poseHeading,
      focalLength,
    ]
  }

  /// The values of `GeotagColumns.origins`.
  var originColumns: StatementArguments {
    [position?.origin.rawValue, heading?.origin.rawValue, time?.origin.rawValue]
  }
}

extension Row {
  /// An origin; nil if the column is null.
  func origin(_ column: Int) throws(Damage) -> GeotagOrigin? {
    guard let text = try optionalText(column) else { return nil }
    guard let origin = GeotagOrigin(rawValue: text) else { throw Damage(description: "an origin is \(text)") }
    return origin
  }

  /// The geotag in the columns from one on, with the given origins.
  func geotag(
    _ column: Int, position: GeotagOrigin?, heading: GeotagOrigin?, time: GeotagOrigin?
  ) throws(Damage) -> Geotag {
    Geotag(
      position: try self.position(column, position), heading: try self.heading(column + 4, heading),
      time: try self.time(column + 7, time), panorama: try panorama(column + 9),
      focalLength: try signed(column + 14, in: Geotag.focalLengths))
  }

  private func position(_ column: Int, _ origin: GeotagOrigin?) throws(Damage) -> Position? {
    guard let latitude = try signed(column, in: Position.latitudes) else { return nil }
    guard let origin, let longitude = try signed(column + 1, in: Position.longitudes),
      let position = Position(
        latitude: latitude, longitude: longitude, altitude: try signed(column + 2),
        accuracy: try signed(column + 3, in: 0...Int.max), origin: origin)
    else { throw Damage(description: "a position is invalid") }
    return position
  }

  private func heading(_ column: Int, _ origin: GeotagOrigin?) throws(Damage) -> Heading? {
    guard let hundredths = try signed(column) else { return nil }
    guard let origin, let reference = Heading.Reference(rawValue: try text(column + 1)),
      let kind = Heading.Kind(rawValue: try text(column + 2)),
      let heading = Heading(hundredths: hundredths, reference: reference, kind: kind, origin: origin)
    else { throw Damage(description: "a heading is invalid") }
    return heading
  }

  private func time(_ column: Int, _ origin: GeotagOrigin?) throws(Damage) -> CaptureTime? {
    guard let milliseconds = try signed(column) else { return nil }
    guard let origin,
      let time = CaptureTime(milliseconds: milliseconds, offset: try signed(column + 1), origin: origin)
    else { throw Damage(description: "a time is invalid") }
    return time
  }

  private func panorama(_ column: Int) throws(Damage) -> Panorama? {
    guard let projection = try optionalText(column) else { return nil }
    let panorama = Panorama(
      projection: projection, fullWidth: try signed(column + 1), croppedLeft: try signed(column + 2),
      croppedWidth: try signed(column + 3), poseHeading: try signed(column + 4))
    guard let panorama else { throw Damage(description: "a panorama is invalid") }
    return panorama
  }

  /// A signed integer; nil if the column is null.
  private func signed(_ column: Int, in range: ClosedRange<Int> = Int.min...Int.max) throws(Damage) -> Int? {
    let value: DatabaseValue = self[column]
    return value.isNull ? nil : try integer(column, in: range)
  }
}
