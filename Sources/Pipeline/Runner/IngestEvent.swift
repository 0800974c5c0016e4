/// What an ingest tells whoever watches it.
public enum IngestEvent: Sendable {
  /// A source's bytes are read once for their SHA-256, which tells whether the source is known.
  case hashing(source: String)
  /// Reading begins, or goes on behind members that an earlier run has stored.
  case started(source: String, committed: Int)
  /// A member has ended.
  case member(name: String, state: MemberOutcome.State, pixels: Int)
  /// How far the reader has come in the source, 0...1.
  case progress(Double)
  /// A source has been read; `isNew` is false where nothing was left to do.
  case finished(source: String, counts: MemberCounts, isNew: Bool)
  /// A source that can't be read, or no further.
  case failed(SourceError)
}
