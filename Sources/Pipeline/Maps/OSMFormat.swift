import StreetCore
import StreetFormats

/// Nodes for OpenStreetMap editors, marked so that they are never uploaded: readings must be checked first, and the
/// points are not the positions of houses.
final class OSMFormat: MapWriter {
  private let output: TextSink
  private let fields: [NumberField]
  private var points = SettingOut()
  private var count = 0
  private(set) var leftOut = 0

  /// Writes nodes with the number and the given fields as tags.
  init(fields: [NumberField], output: @escaping TextSink) {
    self.output = output
    self.fields = [.number] + fields.filter { $0 != .number }
  }

  func write(_ found: FoundNumber) throws {
    guard let point = points.point(of: found) else { return leftOut += 1 }
    if count == 0 { try output(OSMFormat.head) }
    count += 1
    // New nodes have negative ids.
    let place = "lat=\"\(point.latitudeText)\" lon=\"\(point.longitudeText)\""
    try output("  <node id=\"-\(count)\" visible=\"true\" \(place)>\n")
    for field in fields {
      guard let value = field.value(in: found).plain else { continue }
      try output("    <tag k=\"\(field.tag)\" v=\"\(XML.escaped(value))\"/>\n")
    }
    try output("  </node>\n")
  }

  func end() throws { try output((count == 0 ? OSMFormat.head : "") + "</osm>\n") }

  private static let head = """
    <?xml version="1.0" encoding="UTF-8"?>
    <osm version="0.6" generator="streetnum" upload="never">

    """
}
