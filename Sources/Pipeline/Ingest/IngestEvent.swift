public import StreetCore
public import StreetLedger

/// The events of an ingest.
public enum IngestEvent: Sendable {
  /// A source is being hashed, which tells whether its content is known; `share` is the progress, 0...1.
  case hashing(source: String, share: Double)
  /// Reading has started, or resumed after `committed` members that an earlier run stored.
  case started(source: String, committed: Int)
  /// A source is being read again that an earlier version read by other rules, with the reason.
  case readingAgain(source: String, Reason)
  /// A member has a final state. `isNew` is false if it was taken from another source, or another listing of the
  /// folder, in which the same picture was read before.
  case member(name: String, state: MemberOutcome.State, pixels: Int, isNew: Bool)
  /// The progress in the source, 0...1.
  case progress(Double)
  /// The sidecars of a source have been read, or photographs of it have a position.
  case positions(source: String, SidecarReport)
  /// Reading of a source has ended, completely or with the error `ending`; `isNew` is false if there was nothing left
  /// to do.
  case finished(source: String, counts: MemberCounts, ending: Reason?, isNew: Bool)
}
