public import StreetCore

extension CaptureTime {
  /// The offset from UTC, in minutes, of a zone such as `Z`, `+02:00` or `-0530`; nil if the text is not a zone.
  public static func zoneOffset(_ text: String) -> Int? { TimeText.offset(text) }
}
