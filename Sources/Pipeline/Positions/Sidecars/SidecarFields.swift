import StreetCore

/// The fields of a table row or a JSON object, as texts by name.
struct SidecarFields {
  /// The names of the fields.
  static let (image, latitude, longitude) = ("image", "latitude", "longitude")
  static let values = [latitude, longitude, "altitude", "accuracy", "heading", "captured_at"]

  private let fields: [String: String]
  private let line: Int
  private let origin: GeotagOrigin

  init(_ fields: [String: String], line: Int, _ origin: GeotagOrigin) {
    (self.fields, self.line, self.origin) = (fields, line, origin)
  }

  /// The entry; nil if it states nothing. Throws if a value is invalid: values are never guessed.
  func entry() throws(SidecarFault) -> SidecarEntry? {
    guard let image = text(SidecarFields.image) else { throw fault("`image` is missing") }
    let geotag = Geotag(position: try position(), heading: try heading(), time: try time())
    guard !geotag.isEmpty else { return nil }
    return SidecarEntry(image: image, isByBaseName: false, line: line, geotag: geotag)
  }

  private func position() throws(SidecarFault) -> Position? {
    let (north, east) = (try number(SidecarFields.latitude), try number(SidecarFields.longitude))
    let (altitude, accuracy) = (try number("altitude"), try number("accuracy"))
    guard let north, let east else {
      guard north == nil, east == nil else { throw fault("`latitude` and `longitude` go together") }
      return nil
    }
    if (north, east) == (0, 0) { throw fault("latitude 0 and longitude 0 mean that there is no position") }
    let height = altitude.flatMap { Geotag.altitude(metres: $0) }
    if altitude != nil, height == nil { throw fault("`altitude` is out of range") }
    if let accuracy, !(0...1e7 ~= accuracy) { throw fault("`accuracy` is out of range") }
    let position = Position(
      degreesNorth: north, degreesEast: east, altitude: height, accuracy: accuracy.map { Int(($0 * 100).rounded(.up)) },
      origin: origin)
    guard let position else {
      throw fault("\(north), \(east) is not a position; degrees must be -90 to 90 and -180 to 180")
    }
    return position
  }

  private func heading() throws(SidecarFault) -> Heading? {
    guard let degrees = try number("heading") else { return nil }
    guard let heading = Heading(degrees: degrees, origin: origin) else { throw fault("`heading` is not 0 to 360") }
    return heading
  }

  private func time() throws(SidecarFault) -> CaptureTime? {
    guard let text = text("captured_at") else { return nil }
    guard let time = TimeText(text)?.captureTime(origin: origin) else {
      throw fault("`captured_at` is not a time such as 2026-11-26T10:30:00+01:00")
    }
    return time
  }

  private func number(_ name: String) throws(SidecarFault) -> Double? {
    guard let text = text(name) else { return nil }
    guard let value = Decimal.value(text) else { throw fault("`\(name)` is not a decimal number") }
    return value
  }

  private func text(_ name: String) -> String? {
    guard let text = fields[name]?.trimmed, !text.isEmpty else { return nil }
    return text
  }

  private func fault(_ message: String) -> SidecarFault { SidecarFault(.malformed, message, line: line) }
}
