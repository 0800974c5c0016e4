/// How far off a position may be, by what a receiver says of its fix.
struct GeotagAccuracy {
  /// Metres, as stated.
  var error: Double?
  /// Dilution of precision, as stated.
  var precision: Double?
  /// Whether differential correction was applied.
  var isDifferential = false
  /// How the position was found.
  var method: String?
  /// The datum that it refers to.
  var datum: String?

  /// A receiver's error where its dilution of precision is 1, and the same with differential correction; metres.
  private static let (unit, differentialUnit) = (3.0, 1.0)
  /// What a corrected fix has that says no more; metres.
  private static let differentialError = 2.0
  /// Positions by wireless networks, by cells, and on another datum are off by so many metres.
  private static let (wireless, cell, otherDatum) = (100.0, 1000.0, 500.0)
  private static let largest = 20_000_000.0

  /// Centimetres; nil where nothing is known.
  var centimetres: Int? {
    var metres: Double?
    if let error, error > 0, error.isFinite {
      metres = error
    } else if let precision, precision > 0, precision.isFinite {
      metres = precision * (isDifferential ? GeotagAccuracy.differentialUnit : GeotagAccuracy.unit)
    } else if isDifferential {
      metres = GeotagAccuracy.differentialError
    }
    let method = method?.uppercased() ?? ""
    if method.contains("CELLID") { metres = max(metres ?? 0, GeotagAccuracy.cell) }
    if method.contains("WLAN") { metres = max(metres ?? 0, GeotagAccuracy.wireless) }
    if let datum, !GeotagAccuracy.isWGS84(datum) { metres = max(metres ?? 0, GeotagAccuracy.otherDatum) }
    guard let metres, metres <= GeotagAccuracy.largest else { return nil }
    return Int((metres * 100).rounded(.up))
  }

  private static func isWGS84(_ datum: String) -> Bool {
    let name = datum.uppercased().filter { $0.isLetter || $0.isNumber }
    return ["", "WGS84", "WGS1984", "WORLDGEODETICSYSTEM1984", "UNKNOWN"].contains(name) || name.hasPrefix("EPSG4326")
  }
}
