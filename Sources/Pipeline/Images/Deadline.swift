import StreetCore

/// The moment from which a picture is no longer waited for. It lies in the machine's day, not in the picture: what it ends is
/// read again by the next run.
package struct Deadline: Sendable {
  private let end: SuspendingClock.Instant?
  private let seconds: Double

  /// None.
  package static let never = Deadline(end: nil, seconds: .infinity)

  private init(end: SuspendingClock.Instant?, seconds: Double) { (self.end, self.seconds) = (end, seconds) }

  /// So many seconds from now, of those in which the machine doesn't sleep.
  package init(in seconds: Double) { self.init(end: .now + .seconds(seconds), seconds: seconds) }

  /// Throws where it has passed; costs a look at the clock.
  func check() throws(ImageError) {
    if let end, end < .now { throw passed }
  }

  /// Seconds until then; infinity where there is no end.
  var left: Double { end.map { SuspendingClock.now.duration(to: $0) / .seconds(1) } ?? .infinity }

  /// What is thrown where it has passed.
  var passed: ImageError { .timedOut(after: seconds) }
}
