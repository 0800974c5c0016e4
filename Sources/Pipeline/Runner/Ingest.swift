/// Reads sources into a store: one reader, as many workers as jobs, one writer, a hand-over bounded in bytes.
///
/// The calling thread is the reader, and the only thread that waits. Members are committed in order and in batches; a
/// run that is cut off goes on behind the last batch.
public struct Ingest: Sendable {
  /// Where outcomes go.
  public let store: Store
  /// What reads pictures.
  public let reader: Reader
  /// What results are kept under.
  public let method: ReadingMethod
  /// Jobs, memory, limits.
  public let options: IngestOptions
  /// Is told what happens, from any thread.
  public let watch: @Sendable (IngestEvent) -> Void

  /// An ingest from its parts.
  public init(
    store: Store, reader: Reader, method: ReadingMethod, options: IngestOptions = IngestOptions(),
    watch: @escaping @Sendable (IngestEvent) -> Void = { _ in }
  ) {
    self.store = store
    self.reader = reader
    self.method = method
    self.options = options
    self.watch = watch
  }

  /// Reads a source to its end, or as far as it can be read.
  ///
  /// Returns how its members ended. Throws `SourceError` where nothing of it can be read, `StoreError` where an outcome
  /// can't be kept. What is wrong with a member is that member's outcome; a source that breaks off keeps what came
  /// before, and `ending` says why.
  public func run(path: String) throws -> Result {
    let source = try Source(path: path)
    let set = try store.begin(try describe(source), method: method, fingerprint: source.fingerprint)
    if set.isComplete {
      watch(.finished(source: source.name, counts: set.counts, isNew: false))
      return Result(counts: set.counts, ending: set.ending, isNew: false)
    }
    watch(.started(source: source.name, committed: set.counts.total))
    var members = try source.reader(limits: options.sources)
    let line = Line(self, set)
    var ending: SourceError?
    do throws(SourceError) {
      var ordinal = 0
      while line.failure == nil, let member = try members.next(skip: ordinal < set.nextOrdinal) {
        if ordinal >= set.nextOrdinal { line.take(member) }
        ordinal += 1
        if let progress = members.progress { watch(.progress(progress)) }
      }
    } catch {
      ending = error
    }
    let counts = try line.end()
    if let ending {
      guard counts.total > 0 else { throw ending }
      watch(.failed(ending))
    }
    let reason = ending.map { Reason(id: $0.code.rawValue, message: $0.message) }
    try store.complete(set, memberCount: counts.total, ending: reason)
    watch(.finished(source: source.name, counts: counts, isNew: true))
    return Result(counts: counts, ending: reason, isNew: true)
  }

  /// How a source ended.
  public struct Result: Sendable {
    /// Its members, by state.
    public var counts: MemberCounts
    /// Why it could not be read to its end, or nil.
    public var ending: Reason?
    /// Whether there was anything to do.
    public var isNew: Bool
  }

  private func describe(_ source: Source) throws -> SourceDescription {
    switch source.kind {
    case .folder: return .folder(realPath: source.path, name: source.name)
    case .stream: return .stream(id: "-", name: source.name)
    case .archive, .image:
      let place = SourcePath(path: source.path, byteCount: source.byteCount, modified: source.modified)
      var known = options.rehash ? nil : try store.knownContent(at: place)
      if known == nil {
        watch(.hashing(source: source.name))
        known = try source.sha256()
      }
      return .file(source.kind, sha256: known ?? "", name: source.name, at: place)
    }
  }
}
