import StreetCore

/// A date and a time as cameras and files write them: `2021:07:15 10:30:00`, with `-` or `/` between the parts of the date and `T` in
/// front of the time; a fraction of a second and a zone may follow.
struct TimeText {
  private let year, month, day: Int
  private let hour, minute, second: Int
  private let fraction: String?
  /// Minutes ahead of UTC; nil where the text names no zone.
  let offset: Int?
  /// Whether there is a time behind the date.
  let hasTime: Bool

  /// Nil where the text is of no such form; whether there is such a date shows later.
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

  /// Minutes ahead of UTC of a zone such as `Z`, `+02:00`, `-0530` or `+9`; nil where it is none.
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

  /// The time; nil where there is none, or no such date. A fraction and a zone that stand elsewhere count where the text has none;
  /// 24:00:00 is the day's end.
  func captureTime(fraction: String? = nil, offset: Int? = nil, origin: GeotagOrigin) -> CaptureTime? {
    guard hasTime else { return nil }
    let isEnd = (hour, minute, second) == (24, 0, 0)
    guard isEnd || (0...23 ~= hour && 0...59 ~= minute && 0...60 ~= second) else { return nil }
    let milliseconds = TimeText.milliseconds(self.fraction ?? fraction ?? "")
    // A leap second is the second before it, as clocks show it.
    let seconds = (hour * 60 + minute) * 60 + min(second, 59)
    return day(plus: seconds * 1000 + (isEnd ? 0 : milliseconds), offset: self.offset ?? offset, origin: origin)
  }

  /// A time of the date's day, so many milliseconds after its beginning; nil where there is no such date.
  func day(plus milliseconds: Int, offset: Int?, origin: GeotagOrigin) -> CaptureTime? {
    guard let day = CaptureTime(year: year, month: month, day: self.day, offset: nil, origin: origin) else {
      return nil
    }
    return CaptureTime(milliseconds: day.milliseconds + milliseconds, offset: offset, origin: origin)
  }

  /// The first three digits behind the point of a second, with spaces around them or not.
  private static func milliseconds(_ fraction: String) -> Int {
    let digits = fraction.trimmed.prefix { ("0"..."9").contains($0) }.prefix(3)
    return Int(digits + String(repeating: "0", count: 3 - digits.count)) ?? 0
  }
}
