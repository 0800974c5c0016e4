import StreetCore
import StreetFormats

/// Waypoints in GPX 1.1, named by their house numbers.
final class GPXFormat: MapWriter {
  private let output: TextSink
  private let fields: [NumberField]
  private var points = SettingOut()
  private var isEmpty = true
  private(set) var leftOut = 0

  /// Writes waypoints with the given fields as extensions.
  init(fields: [NumberField], output: @escaping TextSink) {
    self.output = output
    self.fields = fields.filter { $0 != .number }
  }

  func write(_ found: FoundNumber) throws {
    guard let point = points.point(of: found) else { return leftOut += 1 }
    if isEmpty { try output(GPXFormat.head) }
    isEmpty = false
    var text = "  <wpt lat=\"\(point.latitudeText)\" lon=\"\(point.longitudeText)\">\n"
    func add(_ name: String, _ value: String?, indent: String = "    ") {
      if let value { text += "\(indent)<\(name)>\(XML.escaped(value))</\(name)>\n" }
    }
    // The order is that of the schema; times are in UTC.
    add("ele", NumberField.altitude.value(in: found).plain)
    add("time", found.geotag?.time.flatMap { $0.instant == nil ? nil : $0.description })
    add("name", found.number.text)
    add("desc", "\(Confidence.text(found.number.confidence)), \(printable(found.image))")
    let extensions = fields.compactMap { field in field.value(in: found).plain.map { (field.tag, $0) } }
    if !extensions.isEmpty {
      text += "    <extensions>\n"
      for (tag, value) in extensions { add(tag, value, indent: "      ") }
      text += "    </extensions>\n"
    }
    try output(text + "  </wpt>\n")
  }

  func end() throws { try output((isEmpty ? GPXFormat.head : "") + "</gpx>\n") }

  private static let head = """
    <?xml version="1.0" encoding="UTF-8"?>
    <gpx version="1.1" creator="streetnum" xmlns="http://www.topografix.com/GPX/1/1" xmlns:streetnum="urn:streetnum:1">

    """
}
