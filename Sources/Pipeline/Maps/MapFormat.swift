package import StreetFormats

/// The formats for map programs.
package enum MapFormat: String, CaseIterable, Sendable {
  /// GeoJSON, RFC 7946.
  case geojson
  /// Waypoints of GPX 1.1.
  case gpx
  /// Nodes for OpenStreetMap editors, marked as not for upload.
  case osm

  /// The default fields. The number and its point are always written.
  package static let fields: [NumberField] = [
    .confidence, .archive, .image, .latitude, .longitude, .accuracy, .heading, .direction, .capturedAt, .positionOrigin,
  ]

  /// A writer for this format and these fields, which passes pieces of text to `output`.
  package func writer(of fields: [NumberField] = fields, to output: @escaping TextSink) -> any MapWriter {
    switch self {
    case .geojson: GeoJSONFormat(fields: fields, output: output)
    case .gpx: GPXFormat(fields: fields, output: output)
    case .osm: OSMFormat(fields: fields, output: output)
    }
  }
}

/// Writes numbers to a map; numbers whose photograph has no position are left out.
package protocol MapWriter: NumberWriter {
  /// The number of numbers left out so far.
  var leftOut: Int { get }
}

extension NumberField {
  /// The tag or property name: OpenStreetMap's own for the number, otherwise with the prefix `streetnum:`.
  package var tag: String { self == .number ? "addr:housenumber" : "streetnum:\(rawValue)" }
}
