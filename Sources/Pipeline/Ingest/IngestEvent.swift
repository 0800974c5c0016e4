public import StreetCore
public import StreetLedger

/// What an ingest tells whoever watches it.
public enum IngestEvent: Sendable {
  /// A source's bytes are read once for their SHA-256, which tells whether the source is known.
  /// `share` of them so far, 0...1.
  case hashing(source: String, share: Double)
  /// Reading begins, or goes on behind members that an earlier run has stored.
  case started(source: String, committed: Int)
  /// A source is read that an earlier version read by other rules, and why.
  case readingAgain(source: String, Reason)
  /// A member has ended.
  case member(name: String, state: MemberOutcome.State, pixels: Int)
  /// How far into the source, 0...1, the work has come.
  case progress(Double)
  /// Files beside or in a source have been looked at for positions of its pictures.
  case positions(source: String, SidecarReport)
  /// A source has been read, or as far as it can be, which `ending` says; `isNew` is false where nothing was left to do.
  case finished(source: String, counts: MemberCounts, ending: Reason?, isNew: Bool)
}
