import Foundation
import StreetCore
import StreetLedger

/// Claims a source for this run, where another run may be reading it.
struct SourceClaim {
  private let ingest: Ingest
  private let source: SourceDescription
  private let fingerprint: String
  private let retry: (source: Store.RejectedSource, reasons: [String])?

  /// How often the other run's heartbeat is looked at.
  private static let pause = 0.2

  init(
    _ ingest: Ingest, _ source: SourceDescription, _ fingerprint: String,
    retry: (source: Store.RejectedSource, reasons: [String])? = nil
  ) {
    (self.ingest, self.source, self.fingerprint, self.retry) = (ingest, source, fingerprint, retry)
  }

  /// The set, or nil where another run is reading the source.
  func attempt() throws -> ResultSet? {
    guard case .granted(let set) = try claim() else { return nil }
    return set
  }

  /// The set, as soon as no other run reads the source. Time counts against the other while it shows no heartbeat: then this
  /// throws `store.busy`, or takes the set over where the other can't be looked at (in another container, say).
  func wait() throws -> ResultSet {
    while true {
      switch try claim() {
      case .granted(let set): return set
      case .held(let holder):
        guard try isSilent(holder) else { continue }
        guard holder.process.life == .unknown, case .granted(let set) = try claim(from: holder) else {
          throw StoreError.busy(ingest.store.path, holder)
        }
        return set
      }
    }
  }

  private func claim(from silent: Run? = nil) throws(StoreError) -> Claim {
    try ingest.store.claim(source, method: ingest.method, fingerprint: fingerprint, retry: retry, from: silent)
  }

  /// Waits for a run to give the source back, which is false, or to be silent for as long as is waited.
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
