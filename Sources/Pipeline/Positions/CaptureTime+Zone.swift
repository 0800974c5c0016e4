package import Foundation
package import StreetCore

extension CaptureTime {
  /// The earliest time of a satellite's that is one: receivers without a fix state the beginnings of their epochs.
  private static let firstSatelliteTime = 631_152_000_000  // 1990-01-01
  /// Milliseconds by which a camera's clock and a satellite's may differ, but for the zone, and still be of one moment.
  private static let agreement = 300_000
  private static let quarter = 900_000
  private static let day = 86_400_000

  /// When a photograph was taken, by a camera's clock and the time of its receiver's fix, which may be seconds old.
  ///
  /// The camera's time counts. Where it has no zone, the satellites give it one: that in which the two are within five minutes; if
  /// there is none, and they are within a day, the camera's clock is wrong, and the satellites' time counts.
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

  /// The same in a zone, where it has none; without one it stays as it is.
  package func zoned(_ timeZone: TimeZone?) -> CaptureTime {
    guard offset == nil, let timeZone else { return self }
    // What the zone's offset is depends on the instant, which depends on the offset. Of a time that comes twice the first is meant.
    func seconds(_ offset: Int) -> Int {
      timeZone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(milliseconds / 1000 - offset)))
    }
    let before = seconds(max(seconds(0), seconds(86_400)))
    return CaptureTime(milliseconds: milliseconds, offset: before / 60, origin: origin) ?? self
  }
}
