import Foundation

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
    guard !set.isComplete else { return nothingToDo(source, set) }
    do {
      return try read(source, into: set)
    } catch let error as SourceError where source.kind == .stream {
      try store.discard(set)
      throw error
    }
  }

  private func read(_ source: Source, into set: ResultSet) throws -> Result {
    watch(.started(source: source.name, committed: set.counts.total))
    var members = try source.reader(limits: options.sources)
    let line = Line(self, set)
    var ending: SourceError?
    do throws(SourceError) {
      var ordinal = 0
      while line.failure == nil, let member = try members.next(skip: ordinal < set.nextOrdinal) {
        if ordinal >= set.nextOrdinal { line.take(member, progress: members.progress) }
        ordinal += 1
      }
    } catch {
      ending = error
    }
    var counts = try line.end()
    if let ending, counts.total == 0 { throw ending }
    var whole = set
    if let content = try members.content() {
      whole = try store.seal(set, sha256: content.sha256, byteCount: content.byteCount)
      guard !whole.isComplete else { return nothingToDo(source, whole) }
      counts = whole.counts
    }
    let reason = ending.map { Reason(id: $0.code.rawValue, message: $0.message) }
    try store.complete(whole, memberCount: counts.total, ending: reason)
    return finish(source, Result(counts: counts, ending: reason, isNew: true))
  }

  private func nothingToDo(_ source: Source, _ set: ResultSet) -> Result {
    finish(source, Result(counts: set.counts, ending: set.ending, isNew: false))
  }

  private func finish(_ source: Source, _ result: Result) -> Result {
    watch(
      .finished(source: source.name, counts: result.counts, ending: result.ending, isNew: result.isNew))
    return result
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
    case .folder: return .folder(realPath: source.path)
    case .stream: return .stream(id: UUID().uuidString.lowercased(), name: source.name)
    case .archive, .image:
      let place = SourcePath(path: source.path, byteCount: source.byteCount, modified: source.modified)
      let known = options.rehash ? nil : try store.knownContent(at: place)
      let sha256 = try known ?? source.sha256 { watch(.hashing(source: source.name, share: $0)) }
      return .file(source.kind, sha256: sha256, name: source.name, at: place)
    }
  }
}
