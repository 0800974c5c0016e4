import StreetCore

/// A date and time as cameras and files write them: `2021:07:15 10:30:00`, also with `-` or `/` in the date and `T`
/// before the time; optionally followed by a fraction of a second and a zone.
struct TimeText {
  private let year, month, day: Int
  private let hour, minute, second: Int
  private let fraction: String?
  /// The offset from UTC in minutes; nil if the text has no zone.
  let offset: Int?
  /// Whether the text has a time of day.
  let hasTime: Bool

  /// Nil if the text has another form. The date is validated later.
  init?(_ text: String) {
    var rest = Substring(text.trimmed)
    func number(_ digits: ClosedRange<Int>) -> Int? {
      let part = rest.prefix { ("0"..."9").contains($0) }.prefix(digits.upperBound)
      guard digits ~= part.count else { return nil }
      rest = rest.dropFirst(part.count)
      return Int(part)
    }
    func skip(_ characters: String) -> Bool {
      guard let next = rest.first, characters.contains(next) else { return false }
      rest.removeFirst()
      return true
    }
    guard let year = number(4...4), skip(":-/"), let month = number(1...2), skip(":-/"), let day = number(1...2) else {
      return nil
    }
    (self.year, self.month, self.day) = (year, month, day)
    guard !rest.isEmpty else {
      (hour, minute, second, fraction, offset, hasTime) = (0, 0, 0, nil, nil, false)
      return
    }
    guard skip(" Tt") else { return nil }
    while skip(" ") {}
    guard let hour = number(1...2), skip(":"), let minute = number(2...2) else { return nil }
    var second = 0
    if skip(":") {
      guard let stated = number(2...2) else { return nil }
      second = stated
    }
    var fraction: String?
    if skip(".,") {
      let digits = rest.prefix { ("0"..."9").contains($0) }
      guard !digits.isEmpty else { return nil }
      fraction = String(digits)
      rest = rest.dropFirst(digits.count)
    }
    (self.hour, self.minute, self.second, self.fraction, hasTime) = (hour, minute, second, fraction, true)
    let zone = String(rest).trimmed
    if zone.isEmpty {
      offset = nil
    } else {
      guard let minutes = TimeText.offset(zone) else { return nil }
      offset = minutes
    }
  }

  /// The offset from UTC, in minutes, of a zone such as `Z`, `+02:00`, `-0530` or `+9`; nil if the text is not a zone.
  static func offset(_ text: String) -> Int? {
    let text = text.trimmed
    if ["Z", "z"].contains(text) { return 0 }
    guard let sign = text.first, "+-".contains(sign) else { return nil }
    let parts = text.dropFirst().split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count <= 2, parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (48...57).contains($0) } }) else {
      return nil
    }
    let digits = parts.joined()
    let (hours, minutes): (Int?, Int?) =
      switch (parts.count, digits.count) {
      case (1, 1...2): (Int(digits), 0)
      case (1, 4), (2, 4): (Int(digits.prefix(2)), Int(digits.suffix(2)))
      case (2, 3): (Int(digits.prefix(1)), Int(digits.suffix(2)))
      default: (nil, nil)
      }
    guard let hours, let minutes, minutes < 60, CaptureTime.offsets ~= hours * 60 + minutes else { return nil }
    return (sign == "-" ? -1 : 1) * (hours * 60 + minutes)
  }

  /// The time; nil if there is no time of day, or no such date. The fraction and offset given are used if the text has
  /// none. 24:00:00 is the end of the day.
  func captureTime(fraction: String? = nil, offset: Int? = nil, origin: GeotagOrigin) -> CaptureTime? {
    guard hasTime else { return nil }
    let isEnd = (hour, minute, second) == (24, 0, 0)
    guard isEnd || (0...23 ~= hour && 0...59 ~= minute && 0...60 ~= second) else { return nil }
    let milliseconds = TimeText.milliseconds(self.fraction ?? fraction ?? "")
    // A leap second becomes the second before it, as on clocks.
    let seconds = (hour * 60 + minute) * 60 + min(second, 59)
    return day(plus: seconds * 1000 + (isEnd ? 0 : milliseconds), offset: self.offset ?? offset, origin: origin)
  }

  /// The time that is the given number of milliseconds after the beginning of the date; nil if there is no such date.
  func day(plus milliseconds: Int, offset: Int?, origin: GeotagOrigin) -> CaptureTime? {
    guard let day = CaptureTime(year: year, month: month, day: self.day, offset: nil, origin: origin) else {
      return nil
    }
    return CaptureTime(milliseconds: day.milliseconds + milliseconds, offset: offset, origin: origin)
  }

  /// The milliseconds in a fraction of a second: its first three digits, ignoring spaces.
  private static func milliseconds(_ fraction: String) -> Int {
    let digits = fraction.trimmed.prefix { ("0"..."9").contains($0) }.prefix(3)
    return Int(digits + String(repeating: "0", count: 3 - digits.count)) ?? 0
  }
}
