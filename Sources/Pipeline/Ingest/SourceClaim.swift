import Foundation
import StreetCore
import StreetLedger

/// Claims a source for this run when another run may be reading it.
struct SourceClaim {
  private let ingest: Ingest
  private let source: SourceDescription
  private let fingerprint: String
  private let retry: (source: Store.RejectedSource, reasons: [String])?

  /// The interval for checking the other run's heartbeat, in seconds.
  private static let pause = 0.2

  init(
    _ ingest: Ingest, _ source: SourceDescription, _ fingerprint: String,
    retry: (source: Store.RejectedSource, reasons: [String])? = nil
  ) {
    (self.ingest, self.source, self.fingerprint, self.retry) = (ingest, source, fingerprint, retry)
  }

  /// The result set; nil if another run is reading the source.
  func attempt() throws -> ResultSet? {
    guard case .granted(let set) = try claim() else { return nil }
    return set
  }

  /// Waits until no other run is reading the source, and returns the result set. If the other run shows no heartbeat
  /// for the time limit, this throws `store.busy`, or takes the set over if the other process can't be examined, for
  /// example in another container.
  func wait() throws -> ResultSet {
    while true {
      switch try claim() {
      case .granted(let set): return set
      case .held(let holder):
        guard try isSilent(holder) else { continue }
        guard holder.process.life == .unknown, case .granted(let set) = try claim(from: holder) else {
          throw StoreError.stalled(ingest.store.path, holder)
        }
        return set
      }
    }
  }

  private func claim(from silent: Run? = nil) throws(StoreError) -> Claim {
    try ingest.store.claim(source, method: ingest.method, fingerprint: fingerprint, retry: retry, from: silent)
  }

  /// Waits until a run releases the source, and returns false; or until its heartbeat has stopped for the time limit,
  /// and returns true.
  private func isSilent(_ holder: Run) throws -> Bool {
    var (heard, last) = (ContinuousClock.now, holder.heartbeatAt)
    while heard.duration(to: .now) < .seconds(ingest.options.wait) {
      if ingest.stop.isRaised { throw Stopped() }
      Thread.sleep(forTimeInterval: SourceClaim.pause)
      guard holder.process.life != .dead, let now = try ingest.store.reader(holder, of: source) else { return false }
      if now.heartbeatAt != last { (heard, last) = (.now, now.heartbeatAt) }
    }
    return true
  }
}
