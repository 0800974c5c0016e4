/// The time at which a photograph was taken: an instant if the time zone is known, otherwise the reading of the
/// camera's clock.
public struct CaptureTime: Sendable, Hashable, Codable {
  /// The reading of a local clock, in milliseconds since 1970-01-01 00:00:00 on the same clock.
  public var milliseconds: Int
  /// The offset of that clock from UTC in minutes, -1,080 to 1,080; nil if the time zone is unknown.
  public var offset: Int?
  /// The origin of the time.
  public var origin: GeotagOrigin

  /// Milliseconds since 1970-01-01 00:00:00 UTC; nil if the time zone is unknown.
  public var instant: Int? { offset.map { milliseconds - $0 * 60_000 } }

  /// The range of offsets from UTC, in minutes.
  package static let offsets = -1_080...1_080
  /// The range of clock readings: the years 1 to 9999.
  package static let range = -62_135_596_800_000...253_402_300_799_999

  /// A time from its parts; nil if one is out of range.
  public init?(milliseconds: Int, offset: Int?, origin: GeotagOrigin) {
    guard CaptureTime.range ~= milliseconds, offset.map({ CaptureTime.offsets ~= $0 }) ?? true else { return nil }
    (self.milliseconds, self.offset, self.origin) = (milliseconds, offset, origin)
  }

  /// The time for a date of the Gregorian calendar; nil for a date or time that does not exist. Second 60 is not
  /// accepted.
  public init?(
    year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0, millisecond: Int = 0,
    offset: Int?, origin: GeotagOrigin
  ) {
    guard 1...9999 ~= year, 1...12 ~= month, 1...CaptureTime.days(of: month, in: year) ~= day, 0...23 ~= hour,
      0...59 ~= minute, 0...59 ~= second, 0...999 ~= millisecond
    else { return nil }
    let seconds = ((CaptureTime.days(before: year, month, day) * 24 + hour) * 60 + minute) * 60 + second
    self.init(milliseconds: seconds * 1000 + millisecond, offset: offset, origin: origin)
  }

  private static func days(of month: Int, in year: Int) -> Int {
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
  }

  /// The number of days from 1970-01-01 to a date. Years are taken to begin in March, so that the leap day is the last.
  private static func days(before year: Int, _ month: Int, _ day: Int) -> Int {
    let years = month > 2 ? year : year - 1
    let months = (month + 9) % 12
    return years * 365 + years / 4 - years / 100 + years / 400 + (months * 153 + 2) / 5 + day - 719_469
  }
}

extension CaptureTime: CustomStringConvertible {
  /// ISO 8601 with milliseconds: in UTC with `Z` if the time zone is known, otherwise the clock's reading without a
  /// zone.
  public var description: String { CaptureTime.text(instant ?? milliseconds) + (instant == nil ? "" : "Z") }

  /// ISO 8601 with milliseconds and without a time zone.
  package static func text(_ milliseconds: Int) -> String {
    let (day, rest) = milliseconds.quotientAndRemainder(flooredBy: 86_400_000)
    // Days since 0000-03-01, in eras of 400 years.
    let (era, dayOfEra) = (day + 719_468).quotientAndRemainder(flooredBy: 146_097)
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let months = (5 * dayOfYear + 2) / 153
    let month = months < 10 ? months + 3 : months - 9
    let year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0)
    func digits(_ value: Int, _ count: Int = 2) -> String {
      String(repeating: "0", count: max(0, count - String(value).count)) + String(value)
    }
    let date = "\(digits(year, 4))-\(digits(month))-\(digits(dayOfYear - (153 * months + 2) / 5 + 1))"
    let time = "\(digits(rest / 3_600_000)):\(digits(rest / 60_000 % 60)):\(digits(rest / 1000 % 60))"
    return "\(date)T\(time).\(digits(rest % 1000, 3))"
  }
}

extension Int {
  fileprivate func quotientAndRemainder(flooredBy divisor: Int) -> (Int, Int) {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }
}
