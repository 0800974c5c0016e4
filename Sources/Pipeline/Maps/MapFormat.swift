package import StreetFormats

/// How found numbers are written for programs that show maps.
package enum MapFormat: String, CaseIterable, Sendable {
  /// GeoJSON, RFC 7946.
  case geojson
  /// Waypoints of GPX 1.1.
  case gpx
  /// Nodes of OpenStreetMap, for its editors, marked as not to be uploaded.
  case osm

  /// The fields that are written unless others are asked for. The number and where it lies are always there.
  package static let fields: [NumberField] = [
    .confidence, .archive, .image, .latitude, .longitude, .accuracy, .heading, .direction, .capturedAt, .positionOrigin,
  ]

  /// What writes numbers in this format, with these fields, by handing pieces of text to `output`.
  package func writer(of fields: [NumberField] = fields, to output: @escaping TextSink) -> any MapWriter {
    switch self {
    case .geojson: GeoJSONFormat(fields: fields, output: output)
    case .gpx: GPXFormat(fields: fields, output: output)
    case .osm: OSMFormat(fields: fields, output: output)
    }
  }
}

/// Writes numbers onto a map; those whose photograph has no position are left out.
package protocol MapWriter: NumberWriter {
  /// Numbers that were left out so far.
  var leftOut: Int { get }
}

extension NumberField {
  /// The name of its tag or property: OpenStreetMap's for the number, else with a prefix of its own.
  package var tag: String { self == .number ? "addr:housenumber" : "streetnum:\(rawValue)" }
}
