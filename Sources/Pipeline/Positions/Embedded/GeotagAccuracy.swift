/// Estimates the accuracy of a position from what a receiver reports about its fix.
struct GeotagAccuracy {
  /// The stated error in metres.
  var error: Double?
  /// The stated dilution of precision.
  var precision: Double?
  /// Whether differential correction was applied.
  var isDifferential = false
  /// The positioning method.
  var method: String?
  /// The datum of the position.
  var datum: String?

  /// A receiver's error in metres at a dilution of precision of 1, without and with differential correction.
  private static let (unit, differentialUnit) = (3.0, 1.0)
  /// The error in metres of a fix with differential correction and no other information.
  private static let differentialError = 2.0
  /// The errors in metres of positions by wireless networks, by cells, and on another datum.
  private static let (wireless, cell, otherDatum) = (100.0, 1000.0, 500.0)
  private static let largest = 20_000_000.0

  /// The accuracy in centimetres; nil if nothing is known.
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
