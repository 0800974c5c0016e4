import StreetCore

extension GPSTrack {
  /// Reads the track points of a GPX file, whose times are in UTC; nil if it is not GPX.
  static func read(gpx bytes: [UInt8]) throws(SidecarFault) -> SidecarReading? {
    let collector = GPXCollector()
    guard let scanner = XMLScanner(take: { collector.take($0, line: collector.scanner?.line ?? 0) }) else {
      throw SidecarFault(.unreadable, "memory is short")
    }
    collector.scanner = scanner
    do {
      try scanner.parse(bytes, isLast: true)
    } catch {
      guard collector.isGPX else { return nil }
      let fault = error as? XMLScanner.Fault
      throw SidecarFault(.malformed, "it is not XML: \(fault?.message ?? "\(error)")", line: fault?.line)
    }
    guard collector.isGPX else { return nil }
    guard let track = GPSTrack(collector.points) else {
      throw SidecarFault(
        .malformed,
        collector.withoutTime > 0 ? "its \(collector.withoutTime) track points have no time" : "it has no track points")
    }
    return SidecarReading(content: .track(track), faults: collector.faults)
  }
}

/// Collects the track points of a GPX file.
private final class GPXCollector {
  private(set) var points: [GPSTrack.Point] = []
  private(set) var faults: [SidecarFault] = []
  private(set) var withoutTime = 0
  private(set) var isGPX = false
  weak var scanner: XMLScanner?
  private var path: [Substring] = []
  private var part = 0
  private var text = ""
  private var point: (latitude: String?, longitude: String?, time: String?, altitude: String?, line: Int)?

  private static let longestText = 64

  func take(_ event: XMLScanner.Event, line: Int) {
    switch event {
    case .start(let name, let attributes):
      let name = GPXCollector.local(name)
      if path.isEmpty { isGPX = name == "gpx" }
      path.append(name)
      text = ""
      guard isGPX, name == "trkpt" else { return }
      let value = { (name: String) in attributes.first { $0.name == name }?.value }
      point = (value("lat"), value("lon"), nil, nil, line)
    case .text(let more):
      if point != nil, text.utf8.count <= GPXCollector.longestText { text += more }
    case .end(let name):
      path.removeLast()
      switch GPXCollector.local(name) {
      case "time" where path.last == "trkpt": point?.time = text
      case "ele" where path.last == "trkpt": point?.altitude = text
      case "trkpt": close()
      case "trkseg": part += 1
      default: break
      }
      text = ""
    }
  }

  private func close() {
    guard let point else { return }
    self.point = nil
    guard let text = point.time?.trimmed, !text.isEmpty else {
      withoutTime += 1
      return
    }
    guard let north = point.latitude.flatMap({ Decimal.value($0.trimmed) }),
      let east = point.longitude.flatMap({ Decimal.value($0.trimmed) }),
      let position = Position(degreesNorth: north, degreesEast: east, origin: .track)
    else { return fault("a track point has no valid position", point.line) }
    guard let time = TimeText(text)?.captureTime(offset: 0, origin: .track), let instant = time.instant else {
      return fault("a track point has an invalid time", point.line)
    }
    let altitude = point.altitude.flatMap { Decimal.value($0.trimmed) }.flatMap { Geotag.altitude(metres: $0) }
    points.append(
      GPSTrack.Point(
        instant: instant, latitude: position.latitude, longitude: position.longitude, altitude: altitude, part: part))
  }

  private func fault(_ message: String, _ line: Int) {
    if faults.count <= Sidecar.maximumFaults { faults.append(SidecarFault(.malformed, message, line: line)) }
  }

  private static func local(_ name: String) -> Substring { name.split(separator: " ").last ?? "" }
}
