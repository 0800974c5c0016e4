import Foundation
import StreetCore

/// An image in the description file of mapillary_tools (`mapillary_image_description.json`).
struct ImageDescription {
  private let object: [String: Any]
  private let line: Int
  private let origin: GeotagOrigin

  init(_ object: [String: Any], line: Int, _ origin: GeotagOrigin) {
    (self.object, self.line, self.origin) = (object, line, origin)
  }

  /// Whether an object is an image description, or states an error in place of one.
  static func isOne(_ object: [String: Any]) -> Bool {
    object["filename"] is String && (object["error"] != nil || object.keys.contains { $0.hasPrefix("MAP") })
  }

  /// The entry; nil for videos and for images that mapillary_tools could not describe.
  func entry() throws(SidecarFault) -> SidecarEntry? {
    if object["error"] != nil { return nil }
    if let type = object["filetype"] as? String, type != "image" { return nil }
    guard let path = object["filename"] as? String, let base = path.split(whereSeparator: { "/\\".contains($0) }).last
    else { throw fault("`filename` is missing") }
    let md5 = (object["md5sum"] as? String)?.lowercased()
    let geotag = Geotag(position: try position(), heading: try heading(), time: try time())
    guard !geotag.isEmpty else { return nil }
    return SidecarEntry(image: String(base), isByBaseName: true, md5: md5, line: line, geotag: geotag)
  }

  private func position() throws(SidecarFault) -> Position? {
    guard let north = try number("MAPLatitude"), let east = try number("MAPLongitude") else { return nil }
    let position = Position(
      degreesNorth: north, degreesEast: east,
      altitude: try number("MAPAltitude").flatMap { Geotag.altitude(metres: $0) },
      accuracy: try number("MAPGPSAccuracyMeters").flatMap {
        GeotagAccuracy(error: $0).centimetres
      }, origin: origin)
    guard let position else { throw fault("\(north), \(east) is not a position") }
    return position
  }

  private func heading() throws(SidecarFault) -> Heading? {
    guard let heading = object["MAPCompassHeading"] as? [String: Any] else { return nil }
    for (name, reference) in [("TrueHeading", Heading.Reference.trueNorth), ("MagneticHeading", .magneticNorth)] {
      guard let degrees = heading[name] as? Double else { continue }
      guard let heading = Heading(degrees: degrees, reference: reference, origin: origin) else {
        throw fault("`\(name)` is not 0 to 360")
      }
      return heading
    }
    return nil
  }

  /// Parses `YYYY_MM_DD_HH_MM_SS_mmm`, which is UTC.
  private func time() throws(SidecarFault) -> CaptureTime? {
    guard let text = object["MAPCaptureTime"] as? String else { return nil }
    let parts = text.split(separator: "_", omittingEmptySubsequences: false).map { Int($0) }.compactMap(\.self)
    guard 6...7 ~= parts.count, text.split(separator: "_", omittingEmptySubsequences: false).count == parts.count,
      let time = CaptureTime(
        year: parts[0], month: parts[1], day: parts[2], hour: parts[3], minute: parts[4], second: parts[5],
        millisecond: parts.count > 6 ? parts[6] : 0, offset: 0, origin: origin)
    else { throw fault("`MAPCaptureTime` is not a time such as 2026_11_26_10_30_00_000") }
    return time
  }

  private func number(_ name: String) throws(SidecarFault) -> Double? {
    guard let value = object[name], !(value is NSNull) else { return nil }
    guard let text = JSONSidecar.text(value), let number = Decimal.value(text) else {
      throw fault("`\(name)` is not a number")
    }
    return number
  }

  private func fault(_ message: String) -> SidecarFault {
    SidecarFault(.malformed, "entry \(line): \(message)")
  }
}
