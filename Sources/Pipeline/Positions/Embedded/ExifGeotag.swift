import StreetCore

/// The position, heading and time of a photograph according to an EXIF block.
struct ExifGeotag {
  private let block: ExifBlock

  init(_ block: ExifBlock) { self.block = block }

  var geotag: Geotag {
    let focalLength = block.integers(.exif, Tag.focalLength35)?.first
    return Geotag(
      position: position, heading: heading, time: time, focalLength: focalLength.flatMap(Geotag.focalLength(stated:)))
  }

  /// The tags of the main, the EXIF and the GPS directory.
  private enum Tag {
    static let dateTime: UInt32 = 0x0132
    static let (dateTimeOriginal, dateTimeDigitized): (UInt32, UInt32) = (0x9003, 0x9004)
    static let (offset, offsetOriginal, offsetDigitized): (UInt32, UInt32, UInt32) = (0x9010, 0x9011, 0x9012)
    static let (fraction, fractionOriginal, fractionDigitized): (UInt32, UInt32, UInt32) = (0x9290, 0x9291, 0x9292)
    static let focalLength35: UInt32 = 0xA405
    static let (latitudeReference, latitude): (UInt32, UInt32) = (1, 2)
    static let (longitudeReference, longitude): (UInt32, UInt32) = (3, 4)
    static let (altitudeReference, altitude): (UInt32, UInt32) = (5, 6)
    static let (timeStamp, status, precision): (UInt32, UInt32, UInt32) = (7, 9, 11)
    static let (trackReference, track): (UInt32, UInt32) = (14, 15)
    static let (directionReference, direction): (UInt32, UInt32) = (16, 17)
    static let (datum, method, dateStamp): (UInt32, UInt32, UInt32) = (18, 27, 29)
    static let (differential, error): (UInt32, UInt32) = (30, 31)
  }

  /// Whether the receiver reported that it had no fix.
  private var isVoid: Bool { block.text(.gps, Tag.status)?.uppercased() == "V" }

  private var position: Position? {
    guard !isVoid,
      let north = degrees(Tag.latitude, Tag.latitudeReference, positive: "N", negative: "S"),
      let east = degrees(Tag.longitude, Tag.longitudeReference, positive: "E", negative: "W")
    else { return nil }
    return Position(
      degreesNorth: north, degreesEast: east, altitude: altitude,
      accuracy: GeotagAccuracy(
        error: block.fraction(.gps, Tag.error), precision: block.fraction(.gps, Tag.precision),
        isDifferential: block.integers(.gps, Tag.differential)?.first == 1, method: method,
        datum: block.text(.gps, Tag.datum)
      ).centimetres, origin: .exif)
  }

  /// Degrees, minutes and seconds, each a rational number. Minutes and seconds may be missing, but not be 0/0.
  private func degrees(_ tag: UInt32, _ reference: UInt32, positive: String, negative: String) -> Double? {
    guard let parts = block.fractions(.gps, tag) else { return nil }
    let values = parts.prefix(3).compactMap(\.self)
    guard values.count == min(parts.count, 3) else { return nil }
    return Sexagesimal.degrees(
      values, reference: block.text(.gps, reference)?.uppercased(), positive: positive, negative: negative)
  }

  private var altitude: Int? {
    guard let metres = block.fraction(.gps, Tag.altitude) else { return nil }
    let isBelow = block.bytes(.gps, Tag.altitudeReference)?.first.map { $0 == 1 || $0 == UInt8(ascii: "1") } ?? false
    return Geotag.altitude(metres: isBelow && metres > 0 ? -metres : metres)
  }

  /// The positioning method, after the eight bytes that name its character code.
  private var method: String? {
    block.bytes(.gps, Tag.method).map { String(decoding: $0.filter { (0x20..<0x7F).contains($0) }, as: UTF8.self) }
  }

  private var heading: Heading? {
    func heading(_ tag: UInt32, _ reference: UInt32, _ kind: Heading.Kind) -> Heading? {
      guard let degrees = block.fraction(.gps, tag) else { return nil }
      let isMagnetic = block.text(.gps, reference)?.uppercased() == "M"
      return Heading(
        degrees: degrees, reference: isMagnetic ? .magneticNorth : .trueNorth, kind: kind, origin: .exif)
    }
    return heading(Tag.direction, Tag.directionReference, .view)
      ?? (isVoid ? nil : heading(Tag.track, Tag.trackReference, .movement))
  }

  private var time: CaptureTime? {
    let camera =
      cameraTime(block.text(.exif, Tag.dateTimeOriginal), Tag.fractionOriginal, Tag.offsetOriginal)
      ?? cameraTime(block.text(.exif, Tag.dateTimeDigitized), Tag.fractionDigitized, Tag.offsetDigitized)
      ?? cameraTime(block.text(.main, Tag.dateTime), Tag.fraction, Tag.offset)
    return CaptureTime.chosen(camera: camera, satellites: satelliteTime)
  }

  private func cameraTime(_ text: String?, _ fraction: UInt32, _ offset: UInt32) -> CaptureTime? {
    guard let text, let time = TimeText(text) else { return nil }
    return time.captureTime(
      fraction: block.text(.exif, fraction), offset: block.text(.exif, offset).flatMap(TimeText.offset), origin: .exif)
  }

  /// The time of the receiver's fix in UTC.
  private var satelliteTime: CaptureTime? {
    guard let date = block.text(.gps, Tag.dateStamp).flatMap({ TimeText($0) }),
      let parts = block.fractions(.gps, Tag.timeStamp), parts.count >= 3
    else { return nil }
    let values = parts.prefix(3).compactMap(\.self)
    guard values.count == 3, values.allSatisfy({ (0...86_400).contains($0) }) else { return nil }
    let milliseconds = (((values[0] * 60 + values[1]) * 60 + values[2]) * 1000).rounded()
    guard (0...86_400_000).contains(milliseconds) else { return nil }
    return date.day(plus: Int(milliseconds), offset: 0, origin: .exif)
  }
}
