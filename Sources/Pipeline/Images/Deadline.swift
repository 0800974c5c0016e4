import StreetCore

/// The time at which decoding a picture is given up. Timeouts depend on the machine's load and not on the picture, so
/// the next run reads it again.
package struct Deadline: Sendable {
  private let end: SuspendingClock.Instant?
  private let seconds: Double

  /// No deadline.
  package static let never = Deadline(end: nil, seconds: .infinity)

  private init(end: SuspendingClock.Instant?, seconds: Double) { (self.end, self.seconds) = (end, seconds) }

  /// A deadline after the given number of seconds, not counting time in which the machine sleeps.
  package init(in seconds: Double) { self.init(end: .now + .seconds(seconds), seconds: seconds) }

  /// Throws if the deadline has passed; costs reading the clock.
  func check() throws(ImageError) {
    if let end, end < .now { throw passed }
  }

  /// Seconds until the deadline; infinity if there is none.
  var left: Double { end.map { SuspendingClock.now.duration(to: $0) / .seconds(1) } ?? .infinity }

  /// The error after the deadline.
  var passed: ImageError { .timedOut(after: seconds) }
}
