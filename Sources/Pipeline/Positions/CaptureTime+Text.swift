public import StreetCore

extension CaptureTime {
  /// Minutes ahead of UTC of a zone such as `Z`, `+02:00` or `-0530`; nil where the text is none.
  public static func zoneOffset(_ text: String) -> Int? { TimeText.offset(text) }
}
