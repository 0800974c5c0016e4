package import Foundation
package import StreetCore

extension CaptureTime {
  /// The earliest plausible satellite time, because receivers without a fix report the start of their epoch.
  private static let firstSatelliteTime = 631_152_000_000  // 1990-01-01
  /// The maximum difference in milliseconds of a camera's clock and satellite time, apart from the zone, at the same
  /// moment.
  private static let agreement = 300_000
  private static let quarter = 900_000
  private static let day = 86_400_000

  /// The capture time from a camera's clock and the time of its receiver's fix, which may be several seconds old.
  ///
  /// The camera's time is used. If it has no zone, it gets the one in which it agrees with the satellite time within
  /// five minutes. If there is no such zone and the two are within a day of each other, the camera's clock is wrong,
  /// and the satellite time is used.
  static func chosen(camera: CaptureTime?, satellites: CaptureTime?) -> CaptureTime? {
    let satellites = satellites.flatMap { $0.milliseconds >= firstSatelliteTime ? $0 : nil }
    guard let camera else { return satellites }
    guard camera.offset == nil else { return camera }
    if let satellites {
      let difference = camera.milliseconds - satellites.milliseconds
      if difference.magnitude <= day {
        let quarters = Int((Double(difference) / Double(quarter)).rounded())
        let isOfOneMoment = (difference - quarters * quarter).magnitude <= agreement
        let zoned = CaptureTime(milliseconds: camera.milliseconds, offset: quarters * 15, origin: camera.origin)
        return isOfOneMoment ? zoned ?? satellites : satellites
      }
    }
    return camera
  }

  /// The time in a zone, if it has none; unchanged if `timeZone` is nil.
  package func zoned(_ timeZone: TimeZone?) -> CaptureTime {
    guard offset == nil, let timeZone else { return self }
    // The zone's offset depends on the instant, which depends on the offset. A time that occurs twice is taken as the
    // first.
    func seconds(_ offset: Int) -> Int {
      timeZone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(milliseconds / 1000 - offset)))
    }
    let before = seconds(max(seconds(0), seconds(86_400)))
    return CaptureTime(milliseconds: milliseconds, offset: before / 60, origin: origin) ?? self
  }
}
