import StreetCore

/// The position, heading, time and panorama of a photograph according to an XMP packet.
struct XMPGeotag {
  private let packet: XMPProperties

  init(_ packet: XMPProperties) { self.packet = packet }

  var geotag: Geotag {
    let focalLength = packet[.exif, "FocalLengthIn35mmFilm"].flatMap { Int($0) }
    return Geotag(
      position: position, heading: heading, time: time, panorama: panorama,
      focalLength: focalLength.flatMap(Geotag.focalLength(stated:)))
  }

  private var isVoid: Bool { packet[.exif, "GPSStatus"]?.uppercased() == "V" }

  private var position: Position? {
    guard !isVoid,
      let north = packet[.exif, "GPSLatitude"].flatMap({
        XMPGeotag.degrees($0, packet[.exif, "GPSLatitudeRef"], positive: "N", negative: "S")
      }),
      let east = packet[.exif, "GPSLongitude"].flatMap({
        XMPGeotag.degrees($0, packet[.exif, "GPSLongitudeRef"], positive: "E", negative: "W")
      })
    else { return nil }
    let isBelow = packet[.exif, "GPSAltitudeRef"] == "1"
    let altitude = fraction("GPSAltitude").flatMap { Geotag.altitude(metres: isBelow && $0 > 0 ? -$0 : $0) }
    return Position(
      degreesNorth: north, degreesEast: east, altitude: altitude,
      accuracy: GeotagAccuracy(
        error: fraction("GPSHPositioningError"), precision: fraction("GPSDOP"),
        isDifferential: packet[.exif, "GPSDifferential"] == "1", method: packet[.exif, "GPSProcessingMethod"],
        datum: packet[.exif, "GPSMapDatum"]
      ).centimetres, origin: .xmp)
  }

  /// Parses `52,6.12N`, `52,6,7N`, or decimal degrees with or without a letter.
  static func degrees(_ text: String, _ reference: String?, positive: String, negative: String) -> Double? {
    var text = text.uppercased().filter { !$0.isWhitespace }
    var letter = reference?.uppercased()
    if let last = text.last, last.isLetter {
      letter = String(last)
      text.removeLast()
    }
    let parts = text.split(separator: ",", omittingEmptySubsequences: false).map { Decimal.value($0) }
    let values = parts.compactMap(\.self)
    guard values.count == parts.count else { return nil }
    return Sexagesimal.degrees(values, reference: letter, positive: positive, negative: negative)
  }

  /// The value of a property that is a rational number such as `1234/10`, or a decimal number.
  private func fraction(_ name: String) -> Double? {
    guard let text = packet[.exif, name] else { return nil }
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count <= 2, let above = Decimal.value(parts[0]) else { return nil }
    guard parts.count == 2 else { return above }
    guard let below = Decimal.value(parts[1]), below != 0 else { return nil }
    return above / below
  }

  private var heading: Heading? {
    func heading(_ name: String, _ kind: Heading.Kind) -> Heading? {
      guard let degrees = fraction(name) else { return nil }
      let isMagnetic = packet[.exif, name + "Ref"]?.uppercased() == "M"
      return Heading(degrees: degrees, reference: isMagnetic ? .magneticNorth : .trueNorth, kind: kind, origin: .xmp)
    }
    return heading("GPSImgDirection", .view) ?? (isVoid ? nil : heading("GPSTrack", .movement))
  }

  private var time: CaptureTime? {
    func time(_ text: String?, _ fraction: String? = nil, _ offset: String? = nil) -> CaptureTime? {
      text.flatMap { TimeText($0) }?
        .captureTime(fraction: fraction, offset: offset.flatMap(TimeText.offset), origin: .xmp)
    }
    let camera =
      time(
        packet[.exif, "DateTimeOriginal"], packet[.exif, "SubSecTimeOriginal"], packet[.exifEX, "OffsetTimeOriginal"])
      ?? time(packet[.photoshop, "DateCreated"]) ?? time(packet[.xmp, "CreateDate"])
    // XMP's time of the fix includes the date, and its zone may be left out.
    var satellites = time(packet[.exif, "GPSTimeStamp"])
    if satellites?.offset == nil { satellites?.offset = 0 }
    return CaptureTime.chosen(camera: camera, satellites: satellites?.inUTC)
  }

  private var panorama: Panorama? {
    guard let projection = packet[.panorama, "ProjectionType"] else { return nil }
    func columns(_ name: String) -> Int? {
      packet[.panorama, name].flatMap { Decimal.value($0) }.flatMap { Int(exactly: $0.rounded()) }
        .flatMap { Panorama.columns ~= $0 ? $0 : nil }
    }
    let pose = packet[.panorama, "PoseHeadingDegrees"].flatMap { Decimal.value($0) }
      .flatMap { Heading(degrees: $0, origin: .xmp) }
    let (full, width) = (columns("FullPanoWidthPixels"), columns("CroppedAreaImageWidthPixels"))
    return Panorama(
      projection: projection, fullWidth: full == 0 ? nil : full, croppedLeft: columns("CroppedAreaLeftPixels"),
      croppedWidth: width == 0 ? nil : width, poseHeading: pose?.hundredths)
  }
}

extension CaptureTime {
  /// The instant on a clock that shows UTC; unchanged if the zone is unknown.
  fileprivate var inUTC: CaptureTime {
    instant.flatMap { CaptureTime(milliseconds: $0, offset: 0, origin: origin) } ?? self
  }
}
