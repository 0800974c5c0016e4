import StreetCore
import StreetFormats

/// A feature collection of points, one per line (RFC 7946). Null properties are left out.
final class GeoJSONFormat: MapWriter {
  private let output: TextSink
  private let fields: [NumberField]
  private var points = SettingOut()
  private var isEmpty = true
  private(set) var leftOut = 0

  /// Writes features with the number and the given fields as properties.
  init(fields: [NumberField], output: @escaping TextSink) {
    self.output = output
    self.fields = [.number] + fields.filter { $0 != .number }
  }

  func write(_ found: FoundNumber) throws {
    guard let point = points.point(of: found) else { return leftOut += 1 }
    try output(isEmpty ? GeoJSONFormat.head : ",\n")
    isEmpty = false
    let geometry = JSON.object([
      ("type", "\"Point\""), ("coordinates", JSON.array([point.longitudeText, point.latitudeText])),
    ])
    let properties = fields.compactMap { field in
      let value = field.value(in: found)
      return value.plain == nil ? nil : (key: field.tag, json: JSONFormat.json(value))
    }
    try output(
      JSON.object([("type", "\"Feature\""), ("geometry", geometry), ("properties", JSON.object(properties))]))
  }

  func end() throws { try output(isEmpty ? GeoJSONFormat.head + "]}\n" : "\n]}\n") }

  private static let head = "{\"type\": \"FeatureCollection\", \"features\": [\n"
}
